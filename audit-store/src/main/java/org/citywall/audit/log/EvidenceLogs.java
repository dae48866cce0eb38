// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Opens evidence logs in files. */
public final class EvidenceLogs {

  private EvidenceLogs() {}

  /**
   * Opens the log of a data folder for writing, and creates it where there is none. Fails with
   * {@code AUD-0010} while another writer has it, {@code AUD-0013} where records, tree and
   * checkpoints disagree, {@code AUD-0021} where another key signed it, {@code AUD-0089} where a
   * restore was interrupted. The first entry of a log that was restored tells of the restore.
   *
   * @param signer its name is the log's origin and stays so for good
   * @param salts seeds the salts of commitments; must be a {@link java.security.SecureRandom}
   *     wherever payloads deserve protection
   */
  public static EvidenceLog open(
      Path dataDir, LogOptions options, NoteSigner signer, Clock clock, RandomGenerator salts) {
    return open(dataDir, options, signer, clock, salts, Disk.REAL);
  }

  /** Opens the log for reading, also while another process writes it; {@code AUD-0011} if none. */
  public static LogReader openReadOnly(Path dataDir) {
    try {
      return new ReadOnlyLog(LogFolder.ofData(dataDir));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "log cannot be opened", e);
    }
  }

  /** The key that the log says it is signed with; whether to trust it is the caller's decision. */
  public static VerifierKey statedKey(Path dataDir) {
    try {
      return FormatFile.read(LogFolder.ofData(dataDir));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "format file", e);
    }
  }

  static EvidenceLog open(
      Path dataDir,
      LogOptions options,
      NoteSigner signer,
      Clock clock,
      RandomGenerator salts,
      Disk disk) {
    LogFolder folder = LogFolder.ofData(dataDir);
    try {
      createFolders(folder);
      WriterLock lock = WriterLock.take(folder.lock());
      try {
        folder.requireRestored();
        requireKey(folder, signer.verifierKey(), disk);
        Recovered recovered = new Recovery(folder, disk, signer.verifierKey(), options).recover();
        return opened(
            folder, new FileLog(folder, disk, lock, recovered, options, signer, clock, salts));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "log cannot be opened", e);
    }
  }

  private static EvidenceLog opened(LogFolder folder, FileLog log) throws IOException {
    try {
      new OpeningEntries(folder.opening()).appendTo(log);
      return log;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private static void requireKey(LogFolder folder, VerifierKey key, Disk disk) throws IOException {
    if (!Files.exists(folder.format()) && Segments.list(folder).isEmpty()) {
      FormatFile.write(folder, key, disk);
    }
    if (!FormatFile.read(folder).equals(key)) {
      throw new PlatformException(
          AuditErrorCode.NOTE_UNTRUSTED, "the log is signed with another key or name than " + key);
    }
  }

  private static void createFolders(LogFolder folder) throws IOException {
    for (Path path : List.of(folder.root(), folder.segments(), folder.history(), folder.tiles())) {
      if (Files.isDirectory(path)) {
        continue;
      }
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(path);
      }
      Disk.REAL.syncFolder(path.resolveSibling(""));
    }
  }
}
