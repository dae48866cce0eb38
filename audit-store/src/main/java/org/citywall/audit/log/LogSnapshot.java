// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * A log at one moment: its durable files, each as far as it belongs to that moment. It stays so
 * while the log grows, because these files are only appended to or replaced as a whole; the two
 * small ones that are replaced, format and key ring, are in memory. The ring holds wrapped keys
 * only. It never knows of a destruction whose entry is not in the snapshot, and the format names no
 * key that is announced behind it.
 *
 * <p>Every file below the log's folder belongs to it, but for what the package documentation calls
 * derived and for locks and unfinished files; a kind of file that a later version adds is not
 * missed.
 *
 * @param checkpoints the last ones that are stored, by the log's own keys
 * @param format what the log said of itself at that moment
 * @param entries number of records
 * @param newest when the last entry was received; null in an empty log
 */
public record LogSnapshot(
    CheckpointPair checkpoints,
    LogFormat format,
    long entries,
    @Nullable Instant newest,
    List<Part> parts) {

  private static final int TRIES = 100;
  private static final Duration PAUSE = Duration.ofMillis(100);

  /**
   * A file, or its beginning.
   *
   * @param name path below the data folder, with slashes
   * @param length bytes of it that belong to the snapshot
   * @param content these bytes where the file may be replaced meanwhile, else null
   */
  public record Part(String name, Path file, long length, byte @Nullable [] content) {}

  public LogSnapshot {
    parts = List.copyOf(parts);
  }

  /** The one over SHA-256. */
  public Checkpoint checkpoint() {
    return checkpoints.sha256();
  }

  /** The key that signs for the tree over SHA-256 in this snapshot. */
  public VerifierKey key() {
    return format.key(TreeHash.SHA_256);
  }

  /**
   * The log as its last checkpoint signs it, also while another process writes it. Fails with
   * {@code AUD-0013} where signed records are damaged, {@code AUD-0018} where nothing is signed
   * yet, or not what tells of payloads that were just destroyed.
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
    for (int i = 0; i < TRIES; i++) {
      Optional<LogSnapshot> taken = takeOnce(dataDir, folder, beyond);
      if (taken.isPresent()) {
        return taken.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new PlatformException(
        AuditErrorCode.PROOF_UNAVAILABLE, "a destruction of payloads is not signed yet");
  }

  /** Empty where keys were destroyed of which the entries of the snapshot do not tell. */
  private static Optional<LogSnapshot> takeOnce(Path dataDir, LogFolder folder, boolean beyond) {
    try {
      StoredCheckpoints stored = StoredCheckpoints.read(folder);
      long signed = stored.last().size();
      TreeMap<Long, Path> segments = Segments.list(folder);
      long entries = beyond ? Math.max(signed, SnapshotEnd.count(segments)) : signed;
      // After the checkpoint: a key is in the ring before a record is sealed with it.
      KeyRing.@Nullable Copy ring =
          Files.exists(folder.keyRing()) ? KeyRing.copy(folder.keyRing()) : null;
      if (ring != null && ring.lastDestruction() >= entries) {
        return Optional.empty();
      }
      LogFormat format = FormatFile.read(folder).before(entries);
      Map<Path, byte[]> replaced = new HashMap<>();
      replaced.put(folder.format(), format.text().getBytes(StandardCharsets.UTF_8));
      if (ring != null) {
        replaced.put(folder.keyRing(), ring.bytes());
      }
      SnapshotEnd end = SnapshotEnd.of(folder, segments, entries);
      List<Part> parts = parts(dataDir, folder, stored, entries, end, replaced);
      return Optional.of(new LogSnapshot(stored.last(), format, entries, end.newest(), parts));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "snapshot of the log", e);
    }
  }

  private static List<Part> parts(
      Path dataDir,
      LogFolder folder,
      StoredCheckpoints stored,
      long entries,
      SnapshotEnd end,
      Map<Path, byte[]> replaced)
      throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Path file : durable(folder)) {
      byte[] content = replaced.get(file);
      if (content != null) {
        parts.add(new Part(name(dataDir, file), file, content.length, content));
      } else if (!stored.isBehind(file) && LogFolder.firstLeaf(file) < Math.max(1, entries)) {
        long length =
            file.equals(end.segment())
                ? end.length()
                : file.equals(stored.lastFile()) ? stored.lastLength() : Files.size(file);
        parts.add(new Part(name(dataDir, file), file, length, null));
      }
    }
    return parts;
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
