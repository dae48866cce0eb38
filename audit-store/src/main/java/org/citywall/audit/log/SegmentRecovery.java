// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Finds the records that a log holds when it is opened for writing. */
final class SegmentRecovery {

  private final LogFolder folder;
  private final Disk disk;

  SegmentRecovery(LogFolder folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
  }

  /** The segments and their last file, its torn tail cut off and everything else durable. */
  Found recover(long acknowledged) throws IOException {
    NavigableMap<Long, Path> files = Segments.list(folder);
    if (files.isEmpty() && acknowledged > 0) {
      throw corrupt("no segment is there, but " + acknowledged + " entries were acknowledged");
    }
    long last = files.isEmpty() ? 0 : files.lastKey();
    requireContiguous(files.headMap(last, false), last);
    ActiveSegment active = new ActiveSegment(folder.segment(last), last);
    Disk.AppendFile file =
        files.isEmpty() || unfinished(active)
            ? SegmentWriter.create(folder, disk, last)
            : scan(active, acknowledged);
    if (active.nextLeaf() < acknowledged) {
      file.close();
      throw corrupt(
          "entries from leaf " + active.nextLeaf() + " to " + (acknowledged - 1) + " are missing");
    }
    return new Found(new Segments(folder, active), file);
  }

  /** What {@link #recover} found. */
  record Found(Segments segments, Disk.AppendFile file) {}

  /** Every segment before the last must end where the next begins, and have its offsets. */
  private void requireContiguous(NavigableMap<Long, Path> closed, long end) throws IOException {
    long expected = 0;
    for (Map.Entry<Long, Path> segment : closed.entrySet()) {
      Long next = closed.higherKey(segment.getKey());
      long count = (next == null ? end : next) - segment.getKey();
      if (segment.getKey() != expected) {
        throw corrupt("the segment of leaf " + expected + " is missing");
      }
      Path offsets = folder.offsets(segment.getValue());
      if (OffsetFile.offset(offsets, count - 1) < 0 || OffsetFile.offset(offsets, count) >= 0) {
        ActiveSegment walked = new ActiveSegment(segment.getValue(), segment.getKey());
        walk(walked);
        if (walked.nextLeaf() - walked.firstLeaf() != count) {
          throw corrupt("the segment of leaf " + expected + " is damaged at " + walked.nextLeaf());
        }
        disk.replace(offsets, walked.offsetFile(), false);
      }
      expected += count;
    }
    if (expected != end) {
      throw corrupt("the segment of leaf " + expected + " is missing");
    }
  }

  /** Whether the segment was being created when the writer died. */
  private static boolean unfinished(ActiveSegment segment) throws IOException {
    try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(RecordFormat.SEGMENT_HEADER);
      channel.read(header, 0);
      if (RecordFormat.isSegmentHeader(header.flip(), segment.firstLeaf())) {
        return false;
      }
      if (channel.size() > RecordFormat.SEGMENT_HEADER) {
        throw corrupt("the header of segment " + segment.firstLeaf() + " is damaged");
      }
      return true;
    }
  }

  private Disk.AppendFile scan(ActiveSegment active, long acknowledged) throws IOException {
    walk(active);
    if (active.nextLeaf() >= acknowledged) {
      TornTail.requireUnacknowledged(active.file(), active.end(), active.nextLeaf());
    } else {
      throw corrupt("the record of leaf " + active.nextLeaf() + " is damaged or missing");
    }
    Disk.AppendFile file = disk.append(active.file());
    if (file.size() > active.end()) {
      file.truncate(active.end());
    }
    // Records that were written but not yet acknowledged are adopted: make them durable first.
    file.force();
    return file;
  }

  private static void walk(ActiveSegment segment) throws IOException {
    try (RecordCursor cursor =
        new RecordCursor(
            segment.file(), RecordFormat.SEGMENT_HEADER, segment.firstLeaf(), Long.MAX_VALUE)) {
      long before = cursor.position();
      while (cursor.next() != null) {
        segment.add((int) (cursor.position() - before));
        before = cursor.position();
      }
    }
  }

  private static PlatformException corrupt(String what) {
    return new PlatformException(AuditErrorCode.LOG_CORRUPT, what);
  }
}
