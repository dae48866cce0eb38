// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;
import java.util.function.Consumer;

/** Writes messages (PostgreSQL 18, section 54.7). */
final class Messages {

  private static final int VERSION_3_0 = 0x00030000;
  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;

  private final ByteBufAllocator allocator;

  Messages(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** A message of this type. */
  ByteBuf message(int type, Consumer<ByteBuf> body) {
    ByteBuf out = allocator.buffer(64);
    out.writeByte(type).writeInt(0);
    body.accept(out);
    return out.setInt(1, out.writerIndex() - 1);
  }

  ByteBuf empty(int type) {
    return message(type, body -> {});
  }

  static void text(ByteBuf out, String text) {
    out.writeCharSequence(text, UTF_8);
    out.writeByte(0);
  }

  ByteBuf startup(Map<String, String> parameters) {
    ByteBuf out = allocator.buffer(256).writeInt(0).writeInt(VERSION_3_0);
    parameters.forEach(
        (name, value) -> {
          text(out, name);
          text(out, value);
        });
    out.writeByte(0);
    return out.setInt(0, out.writerIndex());
  }

  ByteBuf sslRequest() {
    return allocator.buffer(8).writeInt(8).writeInt(SSL_REQUEST);
  }

  ByteBuf cancel(int process, byte[] secret) {
    ByteBuf out = allocator.buffer(16).writeInt(0).writeInt(CANCEL_REQUEST).writeInt(process);
    out.writeBytes(secret);
    return out.setInt(0, out.writerIndex());
  }

  ByteBuf query(String sql) {
    return message(FrontendMessage.QUERY, out -> text(out, sql));
  }

  /**
   * @param types object ids of the parameters, with their count before
   */
  ByteBuf parse(String name, String sql, byte[] types) {
    return message(
        FrontendMessage.PARSE,
        out -> {
          text(out, name);
          text(out, sql);
          out.writeBytes(types);
        });
  }

  ByteBuf parse(String name, String sql) {
    return message(
        FrontendMessage.PARSE,
        out -> {
          text(out, name);
          text(out, sql);
          out.writeShort(0);
        });
  }

  /** Binds no parameters; every column as text. */
  ByteBuf bind(String portal, String statement) {
    return message(
        FrontendMessage.BIND,
        out -> {
          text(out, portal);
          text(out, statement);
          out.writeShort(0).writeShort(0).writeShort(0);
        });
  }

  /**
   * @param kind {@code S} for a statement, {@code P} for a portal
   */
  ByteBuf describe(char kind, String name) {
    return named(FrontendMessage.DESCRIBE, kind, name);
  }

  ByteBuf close(char kind, String name) {
    return named(FrontendMessage.CLOSE, kind, name);
  }

  private ByteBuf named(byte type, char kind, String name) {
    return message(
        type,
        out -> {
          out.writeByte(kind);
          text(out, name);
        });
  }

  ByteBuf execute(String portal) {
    return message(
        FrontendMessage.EXECUTE,
        out -> {
          text(out, portal);
          out.writeInt(0);
        });
  }

  ByteBuf authentication(int code, Consumer<ByteBuf> rest) {
    return message(
        BackendMessage.AUTHENTICATION,
        out -> {
          out.writeInt(code);
          rest.accept(out);
        });
  }

  ByteBuf parameter(String name, String value) {
    return message(
        BackendMessage.PARAMETER_STATUS,
        out -> {
          text(out, name);
          text(out, value);
        });
  }

  ByteBuf backendKey(int process, int secret) {
    return message(BackendMessage.BACKEND_KEY, out -> out.writeInt(process).writeInt(secret));
  }

  ByteBuf error(Fault fault) {
    return message(
        BackendMessage.ERROR,
        out -> {
          field(out, 'S', fault.severity());
          field(out, 'V', fault.severity());
          field(out, 'C', fault.state());
          field(out, 'M', fault.message());
          if (!fault.hint().isEmpty()) {
            field(out, 'H', fault.hint());
          }
          if (fault.position() > 0) {
            field(out, 'P', Integer.toString(fault.position()));
          }
          out.writeByte(0);
        });
  }

  static void field(ByteBuf out, int letter, String value) {
    out.writeByte(letter);
    text(out, value);
  }

  /**
   * Reads text of a client: a fault where it is no UTF-8, which could mean one thing here and
   * another there.
   */
  static String strictText(ByteBuf in) {
    int length = in.bytesBefore((byte) 0);
    if (length >= 0 && !ByteBufUtil.isText(in, in.readerIndex(), length, UTF_8)) {
      throw new ProtocolFault("a text that is no UTF-8");
    }
    return text(in);
  }

  /** These bytes, which are taken over, and a Flush behind them. */
  ByteBuf flushed(ByteBuf bytes) {
    ByteBuf flush = empty(FrontendMessage.FLUSH);
    try {
      return flush.alloc().buffer().writeBytes(bytes).writeBytes(flush);
    } finally {
      bytes.release();
      flush.release();
    }
  }

  /** Skips text and the zero behind it; a fault where there is none. */
  static void skipText(ByteBuf in) {
    in.skipBytes(lengthOfText(in) + 1);
  }

  private static int lengthOfText(ByteBuf in) {
    int length = in.bytesBefore((byte) 0);
    if (length < 0) {
      throw new ProtocolFault("a text without an end");
    }
    return length;
  }

  /** Reads text up to the zero behind it; a fault where there is none. */
  static String text(ByteBuf in) {
    int length = lengthOfText(in);
    String text = in.readCharSequence(length, UTF_8).toString();
    in.skipBytes(1);
    return text;
  }
}
