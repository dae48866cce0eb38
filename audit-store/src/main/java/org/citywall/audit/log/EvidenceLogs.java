// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyWrapper;

/** Opens evidence logs in files. */
public final class EvidenceLogs {

  private EvidenceLogs() {}

  /** Opens a log of version 1 for writing: one tree over SHA-256, payloads in the open. */
  public static KeptLog open(
      Path dataDir, LogOptions options, NoteSigner signer, Clock clock, RandomGenerator salts) {
    return open(dataDir, options, LogKeys.of(signer), clock, salts);
  }

  /**
   * Opens the log of a data folder for writing, and creates it where there is none. A log of
   * version 1 gets a tree over SM3 where the keys sign one. Fails with {@code AUD-0010} while
   * another writer has it, {@code AUD-0013} where records, trees and checkpoints disagree, {@code
   * AUD-0021} where another key signed it.
   *
   * @param keys the first key's name is the log's origin and stays so for good
   * @param random seeds the salts of commitments; must be a {@link java.security.SecureRandom}
   *     wherever payloads deserve protection
   */
  public static KeptLog open(
      Path dataDir, LogOptions options, LogKeys keys, Clock clock, RandomGenerator random) {
    return open(dataDir, options, keys, clock, random, Disk.REAL);
  }

  /** As {@link ReadOnlyLogs#open(Path)} does. */
  public static LogReader openReadOnly(Path dataDir) {
    return ReadOnlyLogs.open(dataDir);
  }

  /** As {@link ReadOnlyLogs#open(Path, KeyWrapper)} does. */
  public static LogReader openReadOnly(Path dataDir, KeyWrapper wrapper) {
    return ReadOnlyLogs.open(dataDir, wrapper);
  }

  /** As {@link ReadOnlyLogs#openUnsealed} does. */
  public static LogReader openUnsealed(Path dataDir) {
    return ReadOnlyLogs.openUnsealed(dataDir);
  }

  /** The key that the log says it is signed with; whether to trust it is the caller's decision. */
  public static VerifierKey statedKey(Path dataDir) {
    return LogFormat.of(dataDir).key(TreeHash.SHA_256);
  }

  static KeptLog open(
      Path dataDir,
      LogOptions options,
      LogKeys keys,
      Clock clock,
      RandomGenerator random,
      Disk disk) {
    LogFolder folder = LogFolder.ofData(dataDir);
    try {
      createFolders(folder, keys);
      WriterLock lock = WriterLock.take(folder.lock());
      try {
        folder.requireRestored();
        LogFormat format = format(folder, keys, disk);
        Recovered recovered = new Recovery(folder, disk, keys, format, options).recover();
        recovered = withSecondTree(recovered, folder, disk);
        return opened(folder, new FileLog(folder, disk, lock, recovered, options, clock, random));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "log cannot be opened", e);
    }
  }

  private static KeptLog opened(LogFolder folder, FileLog log) throws IOException {
    try {
      new OpeningEntries(folder.opening()).appendTo(log);
      return log;
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /** Names the key of the second tree in the format, where the log has just got that tree. */
  private static Recovered withSecondTree(Recovered recovered, LogFolder folder, Disk disk)
      throws IOException {
    NoteSigner sm3 = recovered.keys().sm3();
    if (sm3 == null || recovered.format().version() > 1) {
      return recovered;
    }
    LogFormat upgraded = recovered.format().upgraded(sm3.verifierKey());
    FormatFile.write(folder, upgraded, disk);
    return recovered.withFormat(upgraded);
  }

  private static LogFormat format(LogFolder folder, LogKeys keys, Disk disk) throws IOException {
    if (!Files.exists(folder.format()) && Segments.list(folder).isEmpty()) {
      FormatFile.write(folder, LogFormat.first(keys), disk);
    }
    return FormatFile.read(folder);
  }

  private static void createFolders(LogFolder folder, LogKeys keys) throws IOException {
    List<Path> paths = new ArrayList<>(List.of(folder.root(), folder.segments(), folder.history()));
    keys.trees().forEach(tree -> paths.add(folder.tiles(tree)));
    if (keys.wrapper() != null) {
      paths.add(folder.keyRing().resolveSibling(""));
    }
    for (Path path : paths) {
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
