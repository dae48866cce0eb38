// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Every write of the log goes through here, so that tests can fill or break the disk. */
interface Disk {

  /** The disk of this machine. */
  Disk REAL = new Disk() {};

  /** Opens a file for appending at its end, and creates it where it is missing. */
  default AppendFile append(Path file) throws IOException {
    return new ChannelFile(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ));
  }

  /**
   * Replaces a file as a whole: readers see the old bytes or the new ones, and a power cut leaves
   * one of both.
   *
   * @param durable whether it leaves the new ones once this has returned
   */
  default void replace(Path file, byte[] bytes, boolean durable) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(channel, ByteBuffer.wrap(bytes));
      // A rename may reach the device before the bytes do.
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (durable) {
      syncFolder(file.resolveSibling(""));
    }
  }

  /** Makes created, renamed and removed files of a folder durable. */
  default void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file for good, where there is one. */
  default void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolder(file.resolveSibling(""));
    }
  }

  /** Makes a file durable that is there. */
  default void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Writes a file that is derived and can be rebuilt: neither atomic nor durable, but quick. */
  default void write(Path file, byte[] bytes, int offset, int length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(channel, ByteBuffer.wrap(bytes, offset, length));
    }
  }

  /** A file that grows at its end. Used by one thread. */
  interface AppendFile extends AutoCloseable {

    void append(ByteBuffer bytes) throws IOException;

    /** Returns when everything appended is on the device. */
    void force() throws IOException;

    /** Cuts the file to this size; the next append goes there. */
    void truncate(long size) throws IOException;

    long size() throws IOException;

    @Override
    void close() throws IOException;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** An append file on a channel. */
  final class ChannelFile implements AppendFile {

    private final FileChannel channel;

    ChannelFile(FileChannel channel) throws IOException {
      this.channel = channel;
      channel.position(channel.size());
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      writeFully(channel, bytes);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
