// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** First record that is not yet in the log, in two slots written in turn. */
final class PositionFile {

  private static final int SLOT = 16;
  private static final byte[] NOTHING = new byte[0];

  private final FileChannel channel;
  private int nextSlot;

  private PositionFile(FileChannel channel) {
    this.channel = channel;
  }

  static PositionFile open(Path folder) throws IOException {
    return new PositionFile(FileChannel.open(folder.resolve("position"), CREATE, READ, WRITE));
  }

  /** The highest valid slot, or 0 in a new file. */
  long read() throws IOException {
    long highest = 0;
    for (int slot = 0; slot < 2; slot++) {
      ByteBuffer bytes = ByteBuffer.allocate(SLOT);
      int n = channel.read(bytes, (long) slot * SLOT);
      if (n == SLOT
          && bytes.getInt(8) == Segment.checksum(bytes.getLong(0), NOTHING, 0, 0)
          && bytes.getLong(0) > highest) {
        highest = bytes.getLong(0);
        nextSlot = 1 - slot;
      }
    }
    return highest;
  }

  /** Not forced: an older position only means that records are offered to the log again. */
  void write(long index) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(SLOT)
            .putLong(index)
            .putInt(Segment.checksum(index, NOTHING, 0, 0))
            .putInt(0)
            .flip();
    channel.write(bytes, (long) nextSlot * SLOT);
    nextSlot = 1 - nextSlot;
  }

  void close() throws IOException {
    channel.close();
  }
}
