// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Reads the records of one segment file by the specification, and finds its way past damage. */
final class SegmentWalk implements AutoCloseable {

  static final int HEADER = 32;

  private static final byte[] MAGIC = {0x43, 0x57, 0x53, 0x45, 0x47, 0x0D, 0x0A, 0x1A};
  private static final int RECORD_HEADER = 32;
  private static final int SALT = 32;
  private static final int MAX_RECORD = (1 << 24) + (1 << 17);
  private static final int WINDOW = 4 << 20;

  /**
   * A record whose CRC is right.
   *
   * @param sealing how the payload is sealed, 0 for not at all
   * @param key number of the data key, 0 for none
   * @param body salt and payload, sealed or not
   */
  record Stored(
      long leaf, long position, int length, int sealing, int key, byte[] envelope, byte[] body) {}

  /** What stands at the position. */
  enum State {
    RECORD,
    END,
    CUT_SHORT,
    DAMAGED
  }

  private final FileChannel channel;
  private final long fileSize;
  private final CRC32C crc = new CRC32C();
  private byte[] bytes = new byte[WINDOW];
  private ByteBuffer window = ByteBuffer.wrap(bytes).limit(0);
  private long start;
  private long position = HEADER;
  private int length;

  SegmentWalk(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    fileSize = channel.size();
  }

  long position() {
    return position;
  }

  /** Goes to a record that was found before. */
  void seek(long to) {
    position = to;
  }

  long fileSize() {
    return fileSize;
  }

  /** Whether the header is that of a segment which begins with this leaf. */
  boolean headerIs(long firstLeaf) throws IOException {
    int at = at(0, HEADER);
    if (at < 0) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (window.get(at + i) != MAGIC[i]) {
        return false;
      }
    }
    return window.getInt(at + 8) == 1
        && window.getInt(at + 12) == 0
        && window.getLong(at + 16) == firstLeaf
        && window.getInt(at + 24) == 0
        && window.getInt(at + 28) == crc(at, HEADER - 4);
  }

  /** Looks at what stands at the position; {@link #take} reads it where it is a record. */
  State look() throws IOException {
    if (position == fileSize) {
      return State.END;
    }
    int at = at(position, 8);
    if (at < 0) {
      return State.CUT_SHORT;
    }
    length = window.getInt(at + 4);
    if (length < RECORD_HEADER + SALT || length > MAX_RECORD) {
      return State.DAMAGED;
    }
    at = at(position, length);
    if (at < 0) {
      return State.CUT_SHORT;
    }
    boolean sound =
        crc(at + 4, length - 4) == window.getInt(at)
            && window.get(at + 24) == 1
            && (window.get(at + 25) == 0) == (window.getInt(at + 28) == 0)
            && window.getInt(at + 28) >= 0
            && length >= RECORD_HEADER + SALT + (window.getShort(at + 26) & 0xFFFF);
    return sound ? State.RECORD : State.DAMAGED;
  }

  /** The record that {@link #look} saw; the position moves behind it. */
  Stored take() {
    int at = (int) (position - start);
    int sealing = window.get(at + 25) & 0xFF;
    byte[] envelope = new byte[window.getShort(at + 26) & 0xFFFF];
    byte[] body = new byte[length - RECORD_HEADER - envelope.length];
    // The salt of a payload in the open stands before the envelope.
    int before = sealing == 0 ? SALT : 0;
    window.get(at + RECORD_HEADER, body, 0, before);
    window.get(at + RECORD_HEADER + before, envelope);
    window.get(at + RECORD_HEADER + before + envelope.length, body, before, body.length - before);
    Stored stored =
        new Stored(
            window.getLong(at + 8),
            position,
            length,
            sealing,
            window.getInt(at + 28),
            envelope,
            body);
    position += length;
    return stored;
  }

  /** Moves behind the damage to the next record of a later leaf; false where there is none. */
  boolean skipDamage(long leaf) throws IOException {
    for (position++; position + RECORD_HEADER <= fileSize; position++) {
      int at = at(position, RECORD_HEADER);
      long found = window.getLong(at + 8);
      long commit = window.getLong(at + 16);
      if (found > leaf
          && commit >= 0
          && commit <= found
          && found - leaf < fileSize
          && look() == State.RECORD) {
        return true;
      }
    }
    position = fileSize;
    return false;
  }

  /** Where in the window these bytes of the file are, or -1 where the file ends before. */
  private int at(long from, int count) throws IOException {
    if (from + count > fileSize) {
      return -1;
    }
    if (from < start || from + count > start + window.limit()) {
      if (count > bytes.length) {
        bytes = new byte[count];
        window = ByteBuffer.wrap(bytes);
      }
      window.clear();
      start = from;
      while (window.hasRemaining() && channel.read(window, start + window.position()) > 0) {
        continue;
      }
      window.flip();
      if (window.limit() < count) {
        return -1;
      }
    }
    return (int) (from - start);
  }

  private int crc(int from, int count) {
    crc.reset();
    crc.update(bytes, from, count);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
