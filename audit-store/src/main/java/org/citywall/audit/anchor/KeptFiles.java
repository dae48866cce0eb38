// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that keeps what it was given: write once, read many. A file is written beside its place,
 * moved there and made read-only, which is the moment at which such storage begins to protect it.
 * Neither links nor deletions are needed. Failures: {@code AUD-0066}; {@code AUD-0061} where
 * another file stands in the place.
 */
final class KeptFiles {

  private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);
  private static final Set<PosixFilePermission> WRITE =
      EnumSet.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private final Path root;

  KeptFiles(Path root) {
    this.root = root;
  }

  /** Keeps these bytes under the name, or sees that they are kept already. */
  void keep(String name, byte[] bytes) {
    Path file = root.resolve(name);
    try {
      if (!Files.exists(file)) {
        Path fresh = unfinished(file);
        try (FileChannel out = create(fresh)) {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
          out.force(true);
        }
        finish(fresh, file);
      } else if (!Arrays.equals(Files.readAllBytes(file), bytes)) {
        throw contradicted(name);
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Keeps a file that may be large; one of this name and length is taken for it. */
  void keep(String name, Path from) {
    Path file = root.resolve(name);
    try {
      if (!Files.exists(file)) {
        Path fresh = unfinished(file);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
            FileChannel out = create(fresh)) {
          long size = in.size();
          for (long at = 0; at < size; ) {
            at += in.transferTo(at, size - at, out);
          }
          out.force(true);
        }
        finish(fresh, file);
      } else if (Files.size(file) != Files.size(from)) {
        throw contradicted(name);
      }
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private static Path unfinished(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    return file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void finish(Path fresh, Path file) throws IOException {
    Files.move(fresh, file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      permissions.removeAll(WRITE);
      Files.setPosixFilePermissions(file, permissions);
    }
    try (FileChannel folder = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Mounts of object stores know no sync of folders; the file itself is durable there.
      LOG.atDebug().setCause(e).log("folder of a copy not synced");
    }
  }

  boolean has(String name) {
    return Files.exists(root.resolve(name));
  }

  byte[] read(String name) {
    try {
      return Files.readAllBytes(root.resolve(name));
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Names of the finished files in a folder, sorted. */
  List<String> list(String folder) {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private PlatformException contradicted(String name) {
    return new PlatformException(
        AuditErrorCode.ANCHOR_CONTRADICTED, "the copy holds another " + name);
  }

  private PlatformException failed(String name, IOException cause) {
    return new PlatformException(
        AuditErrorCode.ANCHOR_STORE_FAILED, "copy " + root + ", " + name, cause);
  }
}
