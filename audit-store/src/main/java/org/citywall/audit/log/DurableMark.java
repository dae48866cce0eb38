// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The number of durable entries, for readers in other processes: 8 bytes and their complement,
 * written in place after each group commit. It may lag behind the truth but is never ahead of it.
 */
final class DurableMark implements AutoCloseable {

  static final int BYTES = 16;
  private static final int ATTEMPTS = 100;

  private final FileChannel channel;

  DurableMark(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  void set(long size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(size).putLong(~size).flip();
    channel.write(bytes, 0);
  }

  /** The mark, or 0 where there is none that is whole. */
  static long read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int i = 0; i < ATTEMPTS; i++) {
        if (channel.read(bytes.clear(), 0) == BYTES && bytes.getLong(0) == ~bytes.getLong(8)) {
          return Math.max(0, bytes.getLong(0));
        }
        Thread.onSpinWait();
      }
      return 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
