// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;

/**
 * A message of a client.
 *
 * @param type its letter; 0 for the packets before the log-in, which have none
 * @param bytes all of it, with type and length; whoever takes the message releases it
 */
record FrontendMessage(byte type, ByteBuf bytes) {

  static final byte STARTUP = 0;
  static final byte BIND = 'B';
  static final byte CLOSE = 'C';
  static final byte COPY_DATA = 'd';
  static final byte COPY_DONE = 'c';
  static final byte COPY_FAIL = 'f';
  static final byte DESCRIBE = 'D';
  static final byte EXECUTE = 'E';
  static final byte FLUSH = 'H';
  static final byte FUNCTION_CALL = 'F';
  static final byte PARSE = 'P';
  static final byte PASSWORD = 'p';
  static final byte QUERY = 'Q';
  static final byte SYNC = 'S';
  static final byte TERMINATE = 'X';

  /** Type and length; the packets before the log-in have only a length. */
  private static final int HEAD = 5;

  /** What stands behind type and length; a view. */
  ByteBuf body() {
    int head = type == STARTUP ? HEAD - 1 : HEAD;
    return bytes.slice(bytes.readerIndex() + head, bytes.readableBytes() - head);
  }

  void release() {
    bytes.release();
  }
}
