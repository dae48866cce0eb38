// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** The folder that a backup is put back into: empty before, and empty again unless it is kept. */
final class RestoreFolder implements AutoCloseable {

  private final Path path;
  private final boolean created;
  private boolean owned;

  private RestoreFolder(Path path, boolean created) {
    this.path = path;
    this.created = created;
  }

  /** Takes a folder that is empty, or makes it; {@code AUD-0087} or {@code AUD-0089} otherwise. */
  static RestoreFolder claim(Path dataDir) {
    Path path = dataDir.toAbsolutePath().normalize();
    try {
      boolean created = !Files.exists(path);
      OwnerFolder.create(path);
      requireEmpty(path);
      // Of two restores that found it empty, one makes this folder.
      Files.createDirectory(path.resolve("log"), OwnerFolder.folderAttributes(path));
      return new RestoreFolder(path, created);
    } catch (FileAlreadyExistsException e) {
      throw new PlatformException(AuditErrorCode.RESTORE_FOLDER_USED, path.toString(), e);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.RESTORE_FAILED, path.toString(), e);
    }
  }

  private static void requireEmpty(Path path) throws IOException {
    if (Files.exists(path.resolve("log").resolve("restoring"))) {
      throw new PlatformException(AuditErrorCode.RESTORE_UNFINISHED, path.toString());
    }
    try (Stream<Path> entries = Files.list(path)) {
      Optional<Path> first = entries.findFirst();
      if (first.isPresent()) {
        throw new PlatformException(
            AuditErrorCode.RESTORE_FOLDER_USED, path + " holds " + first.get().getFileName());
      }
    }
  }

  Path path() {
    return path;
  }

  /** From now on everything in it is ours, and goes when this is closed. */
  void own() {
    owned = true;
  }

  /** What is in it stays. */
  void keep() throws IOException {
    owned = false;
    OwnerFolder.sync(path);
    OwnerFolder.sync(path.resolveSibling(""));
  }

  @Override
  public void close() throws IOException {
    if (owned) {
      OwnerFolder.empty(path);
      if (created) {
        Files.deleteIfExists(path);
      }
    }
  }
}
