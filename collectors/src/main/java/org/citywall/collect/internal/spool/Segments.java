// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;

/**
 * The files with records, oldest first; the last one is written to. Appending is for one thread,
 * everything else is safe for several.
 */
final class Segments {

  private final SpoolFolder folder;
  private final long rollBytes;
  private final Duration rollAge;
  private final Deque<Segment> files;
  private long begun;

  /**
   * Begins a new file behind those that were recovered.
   *
   * @param nextIndex index of the next record
   * @param rollBytes bytes at which a file is followed by the next one
   * @param rollAge age at which a file that holds records is followed by the next one
   */
  Segments(
      SpoolFolder folder, List<Segment> recovered, long nextIndex, long rollBytes, Duration rollAge)
      throws IOException {
    this.folder = folder;
    this.rollBytes = rollBytes;
    this.rollAge = rollAge;
    this.files = new ArrayDeque<>(recovered);
    begin(nextIndex);
  }

  /**
   * Makes this batch durable. What fails must be undone by {@link #restore} before the next try.
   */
  void append(PendingRecords batch) throws IOException {
    if (active().durableBytes() >= rollBytes) {
      begin(active().endIndex());
    }
    rollOld();
    Segment active = active();
    active.append(batch.view());
    active.appended(batch.length(), batch.count());
  }

  /** Goes on in a new file where the one with records is old, so that the old one can go. */
  void rollOld() throws IOException {
    Segment active = active();
    boolean holds = active.endIndex() > active.firstIndex;
    if (holds && System.nanoTime() - begun >= rollAge.toNanos()) {
      begin(active.endIndex());
    }
  }

  /** Cuts off what a failed append left. */
  void restore() throws IOException {
    active().restore();
  }

  /** The file that holds this durable record; its absence is {@code COL-0011}. */
  synchronized Segment holding(long index) {
    for (Segment segment : files) {
      if (index < segment.endIndex()) {
        return segment;
      }
    }
    throw new PlatformException(
        CollectErrorCode.SPOOL_CORRUPT, "record " + index + " is in no segment");
  }

  /** Bytes of the files in which a record from this index on is durable. */
  synchronized long bytesFrom(long index) {
    long sum = 0;
    for (Segment segment : files) {
      sum += segment.endIndex() > index ? segment.durableBytes() : 0;
    }
    return sum;
  }

  /** Deletes the files whose records are all before this index, but for the one written to. */
  synchronized void dropBefore(long index) throws IOException {
    while (files.size() > 1 && files.getFirst().endIndex() <= index) {
      files.removeFirst().delete();
    }
  }

  synchronized void close() throws IOException {
    for (Segment segment : files) {
      segment.close();
    }
  }

  private void begin(long firstIndex) throws IOException {
    // Outside the monitor: readers need not wait for the disk.
    Segment next = Segment.create(folder.path(), firstIndex);
    folder.force();
    begun = System.nanoTime();
    synchronized (this) {
      files.addLast(next);
    }
  }

  private synchronized Segment active() {
    return files.getLast();
  }
}
