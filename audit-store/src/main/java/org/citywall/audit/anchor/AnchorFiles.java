// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;

/** Durable files that appear as a whole or not at all. */
final class AnchorFiles {

  private static final AtomicLong NUMBER = new AtomicLong();

  private AnchorFiles() {}

  /** Creates a folder that only its owner may use, and those above it. */
  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
    syncFolder(folder.toAbsolutePath().resolveSibling(""));
  }

  /**
   * Creates a file that is never written again.
   *
   * @throws FileAlreadyExistsException where there is one of this name, which stays as it is
   */
  static void create(Path file, byte[] bytes) throws IOException {
    Path fresh = write(file, bytes);
    try {
      Files.createLink(file, fresh);
    } catch (UnsupportedOperationException e) {
      Files.move(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
    syncFolder(file.resolveSibling(""));
  }

  /** Replaces a file as a whole; after a crash it has the old bytes or the new ones. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Files.move(
        write(file, bytes),
        file,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file.resolveSibling(""));
  }

  /** Another process may write beside us: the name of what is unfinished is ours alone. */
  private static Path write(Path file, byte[] bytes) throws IOException {
    String unfinished =
        "."
            + file.getFileName()
            + "."
            + ProcessHandle.current().pid()
            + "."
            + NUMBER.incrementAndGet();
    Path fresh = file.resolveSibling(unfinished);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    return fresh;
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
