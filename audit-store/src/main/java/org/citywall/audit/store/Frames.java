// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.nio.ByteBuffer;

/** Parts of frames, read with every length checked before anything is made of it. */
final class Frames {

  private Frames() {}

  static void requireVersion(ByteBuffer in, byte version) throws MalformedFrame {
    int found = octet(in);
    if (found != version) {
      throw new MalformedFrame("version " + found + " where " + version + " is known");
    }
  }

  static int octet(ByteBuffer in) throws MalformedFrame {
    require(in, 1);
    return in.get() & 0xFF;
  }

  static int octetPair(ByteBuffer in) throws MalformedFrame {
    require(in, Short.BYTES);
    return in.getShort() & 0xFFFF;
  }

  /** A length of at most {@code max}. */
  static int length(ByteBuffer in, int max) throws MalformedFrame {
    require(in, Integer.BYTES);
    int length = in.getInt();
    if (length < 0 || length > max) {
      throw new MalformedFrame("length " + Integer.toUnsignedString(length));
    }
    return length;
  }

  /** A number that is not negative. */
  static long number(ByteBuffer in) throws MalformedFrame {
    require(in, Long.BYTES);
    long number = in.getLong();
    if (number < 0) {
      throw new MalformedFrame("number " + Long.toUnsignedString(number));
    }
    return number;
  }

  static byte[] bytes(ByteBuffer in, int length) throws MalformedFrame {
    require(in, length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  static void require(ByteBuffer in, int bytes) throws MalformedFrame {
    if (in.remaining() < bytes) {
      throw new MalformedFrame("ends " + (bytes - in.remaining()) + " bytes early");
    }
  }

  static void requireEnd(ByteBuffer in) throws MalformedFrame {
    if (in.hasRemaining()) {
      throw new MalformedFrame(in.remaining() + " bytes behind the end");
    }
  }
}
