// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** The segment files of a log, read by leaf. Safe for use by several threads. */
final class Segments {

  private static final int TYPICAL_RECORD = 1 << 10;
  private static final int MAX_PRESIZED = 1 << 16;

  private final LogFolder folder;
  private final ConcurrentSkipListMap<Long, Path> files = new ConcurrentSkipListMap<>();
  private volatile ActiveSegment active;

  Segments(LogFolder folder, ActiveSegment active) throws IOException {
    this.folder = folder;
    this.active = active;
    files.putAll(list(folder));
    files.put(active.firstLeaf(), active.file());
  }

  /** Segment files by first leaf. */
  static TreeMap<Long, Path> list(LogFolder folder) throws IOException {
    TreeMap<Long, Path> found = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder.segments())) {
      for (Path file : (Iterable<Path>) entries::iterator) {
        long firstLeaf = LogFolder.firstLeaf(file);
        if (firstLeaf >= 0) {
          found.put(firstLeaf, file);
        }
      }
    }
    return found;
  }

  ActiveSegment active() {
    return active;
  }

  void activate(ActiveSegment next) {
    files.put(next.firstLeaf(), next.file());
    active = next;
  }

  /** Records from this leaf on, at most {@code max} and none at or behind {@code end}. */
  List<StoredRecord> read(long fromLeaf, int max, long end) {
    return read(fromLeaf, max, end, Long.MAX_VALUE);
  }

  /** The same, ending behind the record with which {@code maxBytes} are reached. */
  List<StoredRecord> read(long fromLeaf, int max, long end, long maxBytes) {
    RecordBatch batch = new RecordBatch(Math.clamp(end - fromLeaf, 0, max), maxBytes);
    long leaf = fromLeaf;
    long stop = Math.min(end, max > Long.MAX_VALUE - fromLeaf ? end : fromLeaf + max);
    while (leaf < stop && !batch.full()) {
      long before = leaf;
      leaf = readSegment(leaf, stop, batch);
      if (leaf == before) {
        throw new PlatformException(
            AuditErrorCode.LOG_CORRUPT, "no whole record where leaf " + leaf + " belongs");
      }
    }
    return batch.records;
  }

  private long readSegment(long from, long stop, RecordBatch records) {
    var file = files.floorEntry(from);
    if (file == null) {
      throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "no segment holds leaf " + from);
    }
    ActiveSegment last = active;
    long offset =
        from >= last.firstLeaf()
            ? last.offset(from)
            : OffsetFile.offset(folder.offsets(file.getValue()), from - file.getKey());
    long hint = (stop - from) * TYPICAL_RECORD;
    try {
      if (offset >= RecordFormat.SEGMENT_HEADER) {
        try (RecordCursor cursor = new RecordCursor(file.getValue(), offset, from, hint)) {
          long reached = drain(cursor, from, stop, records);
          if (reached > from) {
            return reached;
          }
        }
      }
      try (RecordCursor cursor =
          new RecordCursor(
              file.getValue(), RecordFormat.SEGMENT_HEADER, file.getKey(), Long.MAX_VALUE)) {
        return drain(cursor, from, stop, records);
      }
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "segment of leaf " + from, e);
    }
  }

  private static long drain(RecordCursor cursor, long from, long stop, RecordBatch records)
      throws IOException {
    while (cursor.leaf() < stop && !records.full()) {
      StoredRecord next = cursor.next();
      if (next == null) {
        break;
      }
      if (next.leaf() >= from) {
        records.add(next);
      }
    }
    return Math.max(from, cursor.leaf());
  }

  /** Records that were read, until they are enough. */
  private static final class RecordBatch {
    private final List<StoredRecord> records;
    private long room;

    RecordBatch(int count, long maxBytes) {
      records = new ArrayList<>(Math.min(count, MAX_PRESIZED));
      room = maxBytes;
    }

    void add(StoredRecord record) {
      records.add(record);
      room -= record.envelope().length + record.body().length;
    }

    boolean full() {
      return room <= 0;
    }
  }
}
