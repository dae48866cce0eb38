// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** How the bytes of a record become text. */
final class Encodings {

  /** What Java writes for bytes that are no UTF-8. */
  static final char REPLACEMENT = '\uFFFD';

  private Encodings() {}

  /** Offset behind a byte order mark where there is one at this offset, else the offset. */
  static int markEnd(byte[] in, int at) {
    boolean marked =
        in.length - at >= 3
            && in[at] == (byte) 0xEF
            && in[at + 1] == (byte) 0xBB
            && in[at + 2] == (byte) 0xBF;
    return marked ? at + 3 : at;
  }

  static boolean isUtf8(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
