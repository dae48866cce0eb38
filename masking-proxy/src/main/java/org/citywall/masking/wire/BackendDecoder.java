// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts what the database sends into messages. Rows and copied data pass in pieces as they arrive,
 * so that a large row takes no more memory than a small one.
 */
final class BackendDecoder extends ByteToMessageDecoder {

  private static final int HEAD = 5;
  private static final int MAX_WHOLE = 64 << 20;

  private long rest;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int start = in.readerIndex();
    int rows = 0;
    int at = start;
    int end = in.writerIndex();
    while (at < end) {
      if (rest > 0) {
        int piece = (int) Math.min(rest, end - at);
        at += piece;
        rest -= piece;
      } else if (end - at >= HEAD && carriesRows(in.getByte(at))) {
        rest = length(in, at) + 1L;
        rows++;
      } else {
        break;
      }
    }
    if (at > start) {
      out.add(new BackendMessage.Rows(in.readRetainedSlice(at - start), rows, rest == 0));
    } else if (end - at >= HEAD) {
      whole(in, at, out);
    }
  }

  private static void whole(ByteBuf in, int at, List<Object> out) {
    int length = length(in, at);
    if (length > MAX_WHOLE) {
      throw new ProtocolFault("a message of the database of " + length + " bytes");
    }
    if (in.readableBytes() > length) {
      byte type = in.getByte(at);
      out.add(new BackendMessage.Whole(type, in.readRetainedSlice(length + 1)));
    }
  }

  private static int length(ByteBuf in, int at) {
    int length = in.getInt(at + 1);
    if (length < 4) {
      throw new ProtocolFault("a message of the database of length " + length);
    }
    return length;
  }

  private static boolean carriesRows(byte type) {
    return type == BackendMessage.DATA_ROW || type == BackendMessage.COPY_DATA;
  }
}
