// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.audit.log.LogSnapshot;

/**
 * A file that goes into a backup.
 *
 * @param name path below the data folder, with slashes
 * @param length bytes that are taken; the content may have more
 */
public record BackupMember(String name, long length, Content content) {

  /** Gives the bytes of a member, once. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /** The first bytes of a file, which is opened when its turn comes. */
  public static BackupMember of(String name, Path file, long length) {
    return new BackupMember(name, length, () -> Files.newInputStream(file));
  }

  /** A part of a log. */
  public static BackupMember of(LogSnapshot.Part part) {
    byte[] content = part.content();
    return content == null ? of(part.name(), part.file(), part.length()) : of(part.name(), content);
  }

  /** A file whose content is in memory. */
  public static BackupMember of(String name, byte[] content) {
    return new BackupMember(name, content.length, () -> new ByteArrayInputStream(content));
  }

  /** A file that is open already, so that it may be deleted meanwhile; closed after reading. */
  public static BackupMember of(String name, FileChannel file) throws IOException {
    return new BackupMember(name, file.size(), () -> Channels.newInputStream(file));
  }
}
