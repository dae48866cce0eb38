// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a server says to a greeting. */
sealed interface ServerAnswer {

  /** It goes on with this version and suite. */
  record Accepted(int version, int suite) implements ServerAnswer {}

  /** It ends the connection, by an alert or without a word. */
  record Refused() implements ServerAnswer {}

  /** The certificates that it sends in the clear before TLS 1.3, its own first; DER. */
  record Certificates(List<byte[]> chain) implements ServerAnswer {
    public Certificates {
      chain = List.copyOf(chain);
    }
  }

  /** Reads messages out of records; more than a peer could need is refused. */
  final class Reader {
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final int CERTIFICATE = 11;
    private static final int HEADER = 4;
    private static final int MOST_RECORD = (1 << 14) + 256;
    private static final int MOST_BYTES = 1 << 18;
    private static final int MOST_RECORDS = 256;
    private static final int MOST_CERTIFICATES = 32;
    private static final int RANDOM_BYTES = 32;
    private static final int VERSIONS = 43;

    private final DataInputStream in;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int records;

    Reader(DataInputStream in) {
      this.in = in;
    }

    /** The first answer; {@link NotTls} where it is something else. */
    ServerAnswer hello() throws IOException {
      byte[] message = message();
      if (message.length == 0) {
        return new Refused();
      }
      if (message[0] != SERVER_HELLO) {
        throw new NotTls();
      }
      return accepted(ByteBuffer.wrap(message));
    }

    /** The certificates, which come after the first answer; none where the server sends none. */
    Certificates certificates() throws IOException {
      while (true) {
        byte[] message = message();
        if (message.length == 0) {
          return new Certificates(List.of());
        }
        if (message[0] == CERTIFICATE) {
          return new Certificates(chain(ByteBuffer.wrap(message)));
        }
      }
    }

    private static Accepted accepted(ByteBuffer message) throws IOException {
      try {
        message.position(HEADER);
        int version = message.getShort() & 0xFFFF;
        message.position(message.position() + RANDOM_BYTES);
        message.position(message.position() + 1 + (message.get(message.position()) & 0xFF));
        int suite = message.getShort() & 0xFFFF;
        message.get();
        if (message.remaining() > 2) {
          message.getShort();
          while (message.remaining() >= HEADER) {
            int type = message.getShort() & 0xFFFF;
            int length = message.getShort() & 0xFFFF;
            if (type == VERSIONS && length == 2) {
              version = message.getShort(message.position()) & 0xFFFF;
            }
            message.position(message.position() + length);
          }
        }
        return new Accepted(version, suite);
      } catch (RuntimeException e) {
        throw new IOException("its answer is malformed", e);
      }
    }

    private static List<byte[]> chain(ByteBuffer message) throws IOException {
      try {
        message.position(HEADER + 3);
        List<byte[]> chain = new ArrayList<>();
        while (message.remaining() > 3 && chain.size() < MOST_CERTIFICATES) {
          byte[] one = new byte[(message.get() & 0xFF) << 16 | message.getShort() & 0xFFFF];
          message.get(one);
          chain.add(one);
        }
        return chain;
      } catch (RuntimeException e) {
        throw new IOException("its certificates are malformed", e);
      }
    }

    /** The next message with its header; empty where the server ends. */
    private byte[] message() throws IOException {
      while (true) {
        byte[] bytes = pending.toByteArray();
        if (bytes.length >= HEADER) {
          int length = (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
          if (length > MOST_BYTES) {
            throw new IOException("it sends more than " + MOST_BYTES + " bytes");
          }
          if (bytes.length >= HEADER + length) {
            pending.reset();
            pending.write(bytes, HEADER + length, bytes.length - HEADER - length);
            return Arrays.copyOf(bytes, HEADER + length);
          }
        }
        if (!record()) {
          return new byte[0];
        }
      }
    }

    private boolean record() throws IOException {
      try {
        int type = in.readUnsignedByte();
        if (type == ALERT) {
          return false;
        }
        int version = in.readUnsignedShort();
        int length = in.readUnsignedShort();
        boolean plausible = version >> 8 == 3 || version == TlsVersion.TLCP.code();
        if (type != HANDSHAKE || !plausible || length == 0 || length > MOST_RECORD) {
          throw new NotTls();
        }
        if (++records > MOST_RECORDS) {
          throw new IOException("it does not come to an end");
        }
        pending.write(in.readNBytes(length));
        return true;
      } catch (EOFException | SocketException e) {
        return false;
      }
    }
  }
}
