// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of a snapshot end.
 *
 * @param segment that holds the last of them
 * @param length bytes of it that belong to the snapshot
 * @param newest when the last entry was received; null where there is none
 */
record SnapshotEnd(Path segment, long length, @Nullable Instant newest) {

  /** Leaf behind the last whole record. */
  static long count(TreeMap<Long, Path> segments) throws IOException {
    Map.Entry<Long, Path> last = segments.lastEntry();
    if (last == null) {
      return 0;
    }
    try (RecordCursor cursor = cursor(last, Long.MAX_VALUE)) {
      while (cursor.next() != null) {
        continue;
      }
      return cursor.leaf();
    }
  }

  /**
   * The end of the first {@code entries} records; {@code AUD-0013} where one of them is not whole.
   */
  static SnapshotEnd of(LogFolder folder, TreeMap<Long, Path> segments, long entries)
      throws IOException {
    Map.Entry<Long, Path> last = segments.floorEntry(Math.max(0, entries - 1));
    if (last == null) {
      throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "no segment holds leaf 0");
    }
    long nth = entries - 1 - last.getKey();
    long offset = nth < 0 ? -1 : OffsetFile.offset(folder.offsets(last.getValue()), nth);
    try (RecordCursor cursor =
        offset >= RecordFormat.SEGMENT_HEADER
            ? new RecordCursor(last.getValue(), offset, entries - 1, 0)
            : cursor(last, Long.MAX_VALUE)) {
      StoredRecord record = null;
      while (cursor.leaf() < entries) {
        record = cursor.next();
        if (record == null) {
          throw new PlatformException(
              AuditErrorCode.LOG_CORRUPT,
              "no whole record where leaf " + cursor.leaf() + " belongs");
        }
      }
      return new SnapshotEnd(last.getValue(), cursor.position(), newest(record));
    }
  }

  private static @Nullable Instant newest(@Nullable StoredRecord last) {
    return last == null
        ? null
        : Micros.toInstant(Envelope.decode(last.envelope()).receivedMicros());
  }

  private static RecordCursor cursor(Map.Entry<Long, Path> segment, long hint) throws IOException {
    return new RecordCursor(
        segment.getValue(), RecordFormat.SEGMENT_HEADER, segment.getKey(), hint);
  }
}
