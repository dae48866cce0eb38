// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Appends records to the last segment and begins new ones. Used by one thread. */
final class SegmentWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 20;

  private final LogFolder folder;
  private final Disk disk;
  private final int segmentBytes;
  private final Segments segments;
  private Disk.AppendFile file;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long written;
  private int[] lengths = new int[256];
  private int count;
  private boolean damaged;

  /** A segment that could not be begun, and must not stand beside what is written instead. */
  private @Nullable Path unfinished;

  SegmentWriter(
      LogFolder folder, Disk disk, int segmentBytes, Segments segments, Disk.AppendFile file) {
    this.folder = folder;
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.segments = segments;
    this.file = file;
  }

  /** Creates an empty segment whose existence is durable. */
  static Disk.AppendFile create(LogFolder folder, Disk disk, long firstLeaf) throws IOException {
    Path path = folder.segment(firstLeaf);
    Disk.AppendFile file = disk.append(path);
    try {
      file.truncate(0);
      file.append(ByteBuffer.wrap(RecordFormat.segmentHeader(firstLeaf)));
      file.force();
      disk.syncFolder(folder.segments());
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /** Makes ready for a group of this many bytes: mends the end, begins a segment if needed. */
  void begin(long bytes) throws IOException {
    count = 0;
    written = 0;
    buffer.clear();
    ActiveSegment active = segments.active();
    if (unfinished != null) {
      disk.delete(unfinished);
      unfinished = null;
    }
    if (damaged) {
      file.truncate(active.end());
      file.force();
      damaged = false;
    }
    if (active.end() + bytes > segmentBytes && active.nextLeaf() > active.firstLeaf()) {
      disk.replace(folder.offsets(active.file()), active.offsetFile(), false);
      unfinished = folder.segment(active.nextLeaf());
      Disk.AppendFile next = create(folder, disk, active.nextLeaf());
      unfinished = null;
      file.close();
      file = next;
      segments.activate(new ActiveSegment(folder.segment(active.nextLeaf()), active.nextLeaf()));
    }
    damaged = true;
  }

  void append(long leaf, long commit, PreparedEntry entry) throws IOException {
    if (buffer.remaining() < entry.length()) {
      flush();
      if (buffer.capacity() < entry.length()) {
        buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(entry.length()) * 2);
      }
    }
    RecordFormat.put(buffer, leaf, commit, entry.body());
    if (count == lengths.length) {
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    lengths[count++] = entry.length();
  }

  /** Returns when the group is durable; from then on its records can be read. */
  void commit() throws IOException {
    flush();
    if (written > 0) {
      file.force();
    }
    segments.active().addAll(lengths, 0, count);
    damaged = false;
  }

  private void flush() throws IOException {
    buffer.flip();
    written += buffer.remaining();
    if (buffer.hasRemaining()) {
      file.append(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
