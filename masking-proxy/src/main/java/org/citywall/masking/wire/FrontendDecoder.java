// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts what a client sends into messages (PostgreSQL 18, section 54.7), each no longer than it may
 * be: a length is believed only up to its limit, and only what was received takes memory.
 */
final class FrontendDecoder extends ByteToMessageDecoder {

  private static final int MAX_STARTUP = 10_000;
  private static final int MAX_BEFORE_LOG_IN = 10_000;

  private final WireLimits limits;
  private boolean typed;
  private boolean trusted;

  FrontendDecoder(WireLimits limits) {
    this.limits = limits;
  }

  /** Drops what was received and not yet read. */
  void forget() {
    ByteBuf rest = internalBuffer();
    rest.skipBytes(rest.readableBytes());
  }

  /** Messages have types from here on. */
  void begun() {
    typed = true;
  }

  /** The client has logged in and may send long messages. */
  void loggedIn() {
    trusted = true;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int head = typed ? 5 : 4;
    if (in.readableBytes() < head) {
      return;
    }
    int start = in.readerIndex();
    byte type = typed ? in.getByte(start) : FrontendMessage.STARTUP;
    int length = in.getInt(start + head - 4);
    if (length < 4 || length > limit(type)) {
      throw new ProtocolFault("a message of type " + name(type) + " and length " + length);
    }
    int whole = head - 4 + length;
    if (in.readableBytes() >= whole) {
      out.add(new FrontendMessage(type, in.readRetainedSlice(whole)));
    }
  }

  private int limit(byte type) {
    if (!typed) {
      return MAX_STARTUP;
    }
    if (!trusted) {
      return MAX_BEFORE_LOG_IN;
    }
    return switch (type) {
      case FrontendMessage.QUERY, FrontendMessage.PARSE -> limits.statementBytes();
      default -> limits.messageBytes();
    };
  }

  private static String name(byte type) {
    return Integer.toString(type & 0xFF);
  }
}
