// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** Writes members as files below a folder, each a new one, and none outside of it. */
record FolderSink(Path folder, ArchiveDisk disk) implements MemberSink {

  @Override
  public void requireRoom(long bytes) throws IOException {
    long room = Files.getFileStore(folder).getUsableSpace();
    if (room < bytes) {
      throw new PlatformException(
          AuditErrorCode.RESTORE_FAILED, "it takes " + bytes + " bytes and " + room + " are free");
    }
  }

  @Override
  public void take(String name, Content content) throws IOException {
    Path file = folder.resolve(name);
    if (!file.normalize().equals(file) || !file.startsWith(folder)) {
      throw hostile("a name leads out of the folder", null);
    }
    try {
      OwnerFolder.create(file.resolveSibling(""));
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerFolder.fileAttributes(file))) {
        content.copyTo(disk.through(Channels.newOutputStream(channel)));
        channel.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      throw hostile(name + " stands where something is already", e);
    }
  }

  private static PlatformException hostile(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.BACKUP_HOSTILE, what, cause);
  }
}
