// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * A file that nobody sees under its name before it is whole and durable. What a killed process left
 * is overwritten; what another one is writing is not.
 */
final class UnfinishedFile implements AutoCloseable {

  private final Path target;
  private final Path unfinished;
  private final FileChannel channel;
  private boolean complete;

  private UnfinishedFile(Path target, Path unfinished, FileChannel channel) {
    this.target = target;
    this.unfinished = unfinished;
    this.channel = channel;
  }

  /** Begins a file that is not there yet, readable by its owner alone; else {@code AUD-0080}. */
  static UnfinishedFile create(Path target) throws IOException {
    Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
    if (Files.exists(target)) {
      throw exists(target + " is there");
    }
    removeLeftover(unfinished);
    FileChannel channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerFolder.fileAttributes(unfinished));
    if (lock(channel) == null) {
      channel.close();
      throw exists(unfinished + " is being written");
    }
    return new UnfinishedFile(target, unfinished, channel);
  }

  private static void removeLeftover(Path unfinished) throws IOException {
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      if (lock(channel) == null) {
        throw exists(unfinished + " is being written");
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.delete(unfinished);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** Makes the content durable and gives the file its name. */
  void complete() throws IOException {
    channel.force(true);
    if (Files.exists(target)) {
      throw exists(target + " has come meanwhile");
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    OwnerFolder.sync(target.resolveSibling(""));
    complete = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!complete) {
      Files.deleteIfExists(unfinished);
    }
  }

  private static PlatformException exists(String what) {
    return new PlatformException(AuditErrorCode.BACKUP_EXISTS, what);
  }
}
