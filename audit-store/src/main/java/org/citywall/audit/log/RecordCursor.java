// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Walks the records of one segment file in order. Used by one thread. */
final class RecordCursor implements AutoCloseable {

  private static final int MIN_BUFFER = 4 << 10;
  private static final int MAX_BUFFER = 1 << 20;

  private final FileChannel channel;
  private long filled;
  private long position;
  private long leaf;
  private ByteBuffer buffer;

  /**
   * @param position byte where the record of {@code leaf} begins
   * @param hint how many bytes will probably be read
   */
  RecordCursor(Path segment, long position, long leaf, long hint) throws IOException {
    this.channel = FileChannel.open(segment, StandardOpenOption.READ);
    this.position = position;
    this.filled = position;
    this.leaf = leaf;
    this.buffer = ByteBuffer.allocate(Math.clamp(hint, MIN_BUFFER, MAX_BUFFER));
    buffer.limit(0);
  }

  /** The next record, or null where no whole record of the next leaf stands at the position. */
  @Nullable StoredRecord next() throws IOException {
    int length = RecordFormat.lengthAt(buffer, buffer.position(), LogLimits.MAX_RECORD);
    while (length == 0 && fill()) {
      length = RecordFormat.lengthAt(buffer, buffer.position(), LogLimits.MAX_RECORD);
    }
    if (length <= 0 || RecordFormat.leafAt(buffer, buffer.position()) != leaf) {
      return null;
    }
    StoredRecord next = RecordFormat.read(buffer, buffer.position(), length);
    buffer.position(buffer.position() + length);
    position += length;
    leaf++;
    return next;
  }

  /** Byte behind the last record that was read. */
  long position() {
    return position;
  }

  /** Leaf that the next record must have. */
  long leaf() {
    return leaf;
  }

  private boolean fill() throws IOException {
    if (buffer.remaining() == buffer.capacity()) {
      buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer);
    } else {
      buffer.compact();
    }
    int read = channel.read(buffer, filled);
    filled += Math.max(0, read);
    buffer.flip();
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
