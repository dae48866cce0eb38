// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * A log at one moment: its durable files, each as far as it belongs to that moment. It stays so
 * while the log grows, because these files are only appended to or replaced as a whole.
 *
 * <p>Every file below the log's folder belongs to it, but for what the package documentation calls
 * derived and for locks and unfinished files; a kind of file that a later version adds is not
 * missed.
 *
 * @param checkpoint the last one that is stored, by the log's own key
 * @param entries number of records
 * @param newest when the last entry was received; null in an empty log
 */
public record LogSnapshot(
    Checkpoint checkpoint, long entries, @Nullable Instant newest, List<Part> parts) {

  /**
   * A file, or its beginning.
   *
   * @param name path below the data folder, with slashes
   * @param length bytes of it that belong to the snapshot
   */
  public record Part(String name, Path file, long length) {}

  /** Where the records end in the segment that holds the last of them. */
  private record End(Path segment, long length, @Nullable Instant newest) {}

  public LogSnapshot {
    parts = List.copyOf(parts);
  }

  /**
   * The log as its last checkpoint signs it, also while another process writes it. Fails with
   * {@code AUD-0013} where signed records are damaged, {@code AUD-0018} where nothing is signed
   * yet.
   */
  public static LogSnapshot signed(Path dataDir) {
    return take(dataDir, false);
  }

  /**
   * The log with whatever whole records stand behind its last checkpoint: what a writer would find.
   * The caller keeps writers out.
   */
  public static LogSnapshot whole(Path dataDir) {
    return take(dataDir, true);
  }

  private static LogSnapshot take(Path dataDir, boolean beyond) {
    LogFolder folder = LogFolder.ofData(dataDir);
    folder.requireRestored();
    try {
      StoredCheckpoints stored = StoredCheckpoints.read(folder);
      long signed = stored.last().size();
      TreeMap<Long, Path> segments = Segments.list(folder);
      long entries = beyond ? Math.max(signed, count(segments)) : signed;
      End end = end(folder, segments, entries);
      List<Part> parts = new ArrayList<>();
      for (Path file : durable(folder)) {
        if (!stored.isBehind(file) && LogFolder.firstLeaf(file) < Math.max(1, entries)) {
          long length =
              file.equals(end.segment())
                  ? end.length()
                  : file.equals(stored.lastFile()) ? stored.lastLength() : Files.size(file);
          parts.add(new Part(name(dataDir, file), file, length));
        }
      }
      return new LogSnapshot(stored.last(), entries, end.newest(), parts);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "snapshot of the log", e);
    }
  }

  /** Leaf behind the last whole record. */
  private static long count(TreeMap<Long, Path> segments) throws IOException {
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

  private static End end(LogFolder folder, TreeMap<Long, Path> segments, long entries)
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
      return new End(last.getValue(), cursor.position(), newest(record));
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

  private static List<Path> durable(LogFolder folder) throws IOException {
    List<Path> durable = new ArrayList<>();
    Files.walkFileTree(
        folder.root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return folder.isDerived(visited)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !folder.isDerived(file)) {
              durable.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // A running writer removes what it has renamed.
            if (folder.isDerived(file)) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    durable.sort(Comparator.naturalOrder());
    return durable;
  }

  private static String name(Path dataDir, Path file) {
    return dataDir.relativize(file).toString().replace('\\', '/');
  }
}
