// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Bytes that are almost right. */
final class Mutations {

  private Mutations() {}

  /** The bytes cut, lengthened, overwritten or with some of them flipped; seldom unchanged. */
  static byte[] of(byte[] valid, RandomGenerator random) {
    byte[] bytes = valid.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
      case 2 -> random.nextBytes(bytes);
      case 3 -> overwriteLength(bytes, random);
      default -> flip(bytes, 1 + random.nextInt(4), random);
    }
    return bytes;
  }

  private static void flip(byte[] bytes, int times, RandomGenerator random) {
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
    }
  }

  /** Four bytes that are a large or odd length, where one may stand. */
  private static void overwriteLength(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(Math.max(1, bytes.length - 4));
    int length = random.nextBoolean() ? random.nextInt() : Integer.MAX_VALUE - random.nextInt(9);
    for (int i = 0; i < 4 && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (length >>> 24 - 8 * i);
    }
  }
}
