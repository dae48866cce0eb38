// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** What is said before TLS begins. */
public enum TlsOpening {
  /** Nothing. */
  DIRECT {
    @Override
    boolean open(Socket socket) {
      return true;
    }
  },
  /** PostgreSQL's SSLRequest. */
  POSTGRESQL {
    @Override
    boolean open(Socket socket) throws IOException {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeLong(8L << 32 | SSL_REQUEST);
      out.flush();
      return new DataInputStream(socket.getInputStream()).readUnsignedByte() == 'S';
    }
  },
  /** The packet by which a client of MariaDB or MySQL asks for TLS. */
  MARIADB {
    @Override
    boolean open(Socket socket) throws IOException {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
      in.readUnsignedByte();
      if (length > MOST_GREETING) {
        throw new IOException("it does not greet as MariaDB does");
      }
      byte[] greeting = in.readNBytes(length);
      if (greeting.length == 0 || greeting[0] != PROTOCOL) {
        throw new IOException("it does not greet as MariaDB does");
      }
      int end = 1;
      while (end < greeting.length && greeting[end] != 0) {
        end++;
      }
      int abilities = end + 1 + AFTER_VERSION;
      if (abilities + 2 > greeting.length) {
        throw new IOException("it does not greet as MariaDB does");
      }
      int offered = greeting[abilities] & 0xFF | (greeting[abilities + 1] & 0xFF) << 8;
      if ((offered & ABLE_TLS) == 0) {
        return false;
      }
      byte[] request = new byte[HEADER + REQUEST];
      request[0] = REQUEST;
      request[3] = 1;
      int asked = ABLE_TLS | ABLE_PROTOCOL_41 | ABLE_SECURE_CONNECTION;
      request[4] = (byte) asked;
      request[5] = (byte) (asked >> 8);
      request[11] = 1;
      request[12] = UTF_8;
      socket.getOutputStream().write(request);
      return true;
    }
  };

  private static final long SSL_REQUEST = 80_877_103L;

  private static final int MOST_GREETING = 4096;
  private static final int PROTOCOL = 10;

  /** Thread, scramble and a zero stand between the version and the abilities. */
  private static final int AFTER_VERSION = 4 + 8 + 1;

  private static final int ABLE_PROTOCOL_41 = 0x0200;
  private static final int ABLE_TLS = 0x0800;
  private static final int ABLE_SECURE_CONNECTION = 0x8000;
  private static final int HEADER = 4;
  private static final byte REQUEST = 32;
  private static final byte UTF_8 = 33;

  /** Whether the server is willing. */
  abstract boolean open(Socket socket) throws IOException;
}
