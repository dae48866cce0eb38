// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what goes to one side until it is flushed, so that small messages leave in one piece.
 * Confined to the session's event loop.
 */
final class Outlet {

  /** Bytes of a message from which copying costs more than a piece of its own. */
  private static final int LARGE = 2048;

  private static final int PIECE = 8192;

  private final Channel channel;
  private @Nullable ByteBuf gathered;
  private boolean unflushed;
  private boolean closed;

  Outlet(Channel channel) {
    this.channel = channel;
  }

  /** Takes a message, or a piece of one; takes over its bytes. */
  void write(ByteBuf bytes) {
    if (closed) {
      bytes.release();
      return;
    }
    unflushed = true;
    if (bytes.readableBytes() >= LARGE) {
      pass();
      channel.write(bytes);
    } else {
      try {
        room(bytes.readableBytes()).writeBytes(bytes);
      } finally {
        bytes.release();
      }
    }
  }

  private ByteBuf room(int length) {
    ByteBuf into = gathered;
    if (into != null && into.writableBytes() < length) {
      pass();
      into = null;
    }
    if (into == null) {
      into = channel.alloc().ioBuffer(PIECE, PIECE);
      gathered = into;
    }
    return into;
  }

  private void pass() {
    ByteBuf piece = gathered;
    if (piece != null) {
      gathered = null;
      channel.write(piece);
    }
  }

  /** Has leave what was written. */
  void flush() {
    if (unflushed) {
      unflushed = false;
      pass();
      channel.flush();
    }
  }

  /** Has leave what was written, and this behind it, and closes the connection. */
  void close(ByteBuf last) {
    pass();
    unflushed = false;
    closed = true;
    if (channel.isActive()) {
      channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    } else {
      last.release();
    }
  }
}
