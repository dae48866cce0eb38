// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * A folder for a restore that is only tried, beside the backup and so not on the disk that takes
 * events. It goes with everything in it when this is closed; one that a killed process left goes
 * with the next. Failures are {@code AUD-0088}.
 */
public final class TrialFolder implements AutoCloseable {

  private static final String PREFIX = ".citywall-restore-test-";

  private final Path path;

  private TrialFolder(Path path) {
    this.path = path;
  }

  /** Makes a folder beside this file; only its owner can use it. */
  public static TrialFolder beside(Path file) {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    try {
      for (Path left : leftovers(folder)) {
        OwnerFolder.empty(left);
        Files.delete(left);
      }
      long process = ProcessHandle.current().pid();
      return new TrialFolder(Files.createTempDirectory(folder, PREFIX + process + "-"));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static List<Path> leftovers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(TrialFolder::isLeftover).toList();
    }
  }

  private static boolean isLeftover(Path path) {
    String name = path.getFileName().toString();
    int end = name.indexOf('-', PREFIX.length());
    if (!name.startsWith(PREFIX) || end < 0) {
      return false;
    }
    try {
      long process = Long.parseLong(name.substring(PREFIX.length(), end));
      return ProcessHandle.of(process).isEmpty();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** An empty folder. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      OwnerFolder.empty(path);
      Files.delete(path);
    } catch (IOException e) {
      throw failed(path, e);
    }
  }

  private static PlatformException failed(Path path, IOException cause) {
    return new PlatformException(AuditErrorCode.RESTORE_FAILED, path.toString(), cause);
  }
}
