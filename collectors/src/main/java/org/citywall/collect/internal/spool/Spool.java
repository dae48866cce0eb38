// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.SpoolStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue on disk, in the format of the package documentation. Many threads append, one
 * thread reads and commits, one writer makes durable. When the disk refuses, nothing is
 * acknowledged until it accepts writes again.
 */
public final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
  private static final int MIN_CAPACITY = 1 << 16;
  private static final int SEGMENTS = 16;
  private static final int MIN_SEGMENT_BYTES = 4096;
  private static final Duration ROLL_AGE = Duration.ofDays(1);
  private static final Duration FOREVER = Duration.ofDays(365);

  private final SpoolFolder folder;
  private final long capacity;
  private final Segments segments;
  private final DurableIndex durable;
  private final Backlog backlog;
  private final SpoolCursor cursor;
  private final SpoolWriter writer;

  private Spool(SpoolFolder folder, PositionFile position, long capacity, Duration rollAge)
      throws IOException {
    this.folder = folder;
    this.capacity = capacity;
    SpoolRecovery left = SpoolRecovery.of(folder, position);
    SpoolReader reader = left.reader();
    segments =
        new Segments(
            folder,
            left.segments(),
            left.durable(),
            Math.max(MIN_SEGMENT_BYTES, capacity / SEGMENTS),
            rollAge);
    durable = new DurableIndex(left.durable());
    backlog = new Backlog(segments, capacity, left.durable(), left.committed());
    cursor = new SpoolCursor(backlog, durable, segments, reader, position);
    writer = new SpoolWriter(backlog, segments, durable, cursor, rollAge);
  }

  /**
   * Opens the spool in this folder, made when absent.
   *
   * @param capacityBytes bytes on disk at which it counts as full, at least 64 KiB
   */
  public static Spool open(Path path, long capacityBytes) {
    return open(path, capacityBytes, ROLL_AGE);
  }

  /**
   * @param rollAge how long records that are in the log may stay in a file that is written to
   */
  static Spool open(Path path, long capacityBytes, Duration rollAge) {
    if (capacityBytes < MIN_CAPACITY) {
      throw new PlatformException(
          CollectErrorCode.CONFIG_INVALID, "a spool needs a capacity of 64 KiB or more");
    }
    try {
      SpoolFolder folder = SpoolFolder.lock(path);
      try {
        Spool spool = new Spool(folder, PositionFile.open(path), capacityBytes, rollAge);
        spool.writer.start();
        return spool;
      } catch (IOException | RuntimeException e) {
        folder.unlock();
        throw e;
      }
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_READ_FAILED, "the spool cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Appends these payloads in order, waiting while the spool is full.
   *
   * @return what {@link #awaitDurable} waits for
   */
  public long append(List<byte[]> payloads) throws InterruptedException {
    return backlog.append(payloads);
  }

  /** Appends all of these payloads, or none and answers empty when they do not fit now. */
  public OptionalLong tryAppend(List<byte[]> payloads) {
    return backlog.tryAppend(payloads);
  }

  /** Returns when everything before this ticket survives a crash. */
  public void awaitDurable(long ticket) throws InterruptedException {
    while (!durable.await(ticket, FOREVER)) {
      continue;
    }
  }

  /** Whether everything before this ticket survives a crash, after waiting for it so long. */
  public boolean awaitDurable(long ticket, Duration atMost) throws InterruptedException {
    return durable.await(ticket, atMost);
  }

  /**
   * The next records in order, after waiting for the first one; empty when the time is over. Each
   * call goes on where the last one ended. For one thread.
   */
  public List<Spooled> read(int max, Duration atMost) throws InterruptedException {
    return cursor.read(max, atMost);
  }

  /** Says that all records before this index are in the log and may be forgotten. */
  public void commit(long index) {
    cursor.commit(index);
  }

  public SpoolStatus status() {
    return new SpoolStatus(backlog.depth(), backlog.bytes(), capacity, writer.failure());
  }

  /** Refuses more from now on and returns when what was appended is durable, or cannot be. */
  public void drain() {
    backlog.close();
    writer.join();
  }

  /** Writes what was appended, then refuses more. */
  @Override
  public void close() {
    drain();
    try {
      segments.close();
      cursor.close();
      folder.unlock();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("spool cannot be closed in order");
    }
  }
}
