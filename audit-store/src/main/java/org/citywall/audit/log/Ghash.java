// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash of GCM (NIST SP 800-38D section 6.4). The products of its key with every half byte at
 * every place stand in one table of 8 KiB, so that a block costs 32 look-ups that do not wait for
 * each other. Used by one thread.
 */
final class Ghash {

  private static final int BLOCK = 16;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final long[] table;
  private long high;
  private long low;

  /**
   * @param table that of {@link #table}
   */
  Ghash(long[] table) {
    this.table = table;
  }

  /** What {@link #Ghash} needs, for a key of 16 bytes. */
  static long[] table(byte[] key) {
    long h = (long) LONGS.get(key, 0);
    long l = (long) LONGS.get(key, 8);
    long[] table = new long[32 * 16 * 2];
    for (int place = 0; place < 32; place++) {
      for (int bit = 8; bit > 0; bit >>= 1) {
        for (int value = bit; value < 16; value = value + 1 | bit) {
          table[32 * place + 2 * value] ^= h;
          table[32 * place + 2 * value + 1] ^= l;
        }
        // Times x: bits run from left to right, and what falls out comes back as the polynomial.
        long carry = -(l & 1);
        l = l >>> 1 | h << 63;
        h = h >>> 1 ^ 0xE100000000000000L & carry;
      }
    }
    return table;
  }

  /** Takes these bytes, the last block filled up with zeros. */
  void update(byte[] from, int at, int length) {
    int end = at + length;
    int next = at;
    for (; next + BLOCK <= end; next += BLOCK) {
      block((long) LONGS.get(from, next), (long) LONGS.get(from, next + 8));
    }
    if (next < end) {
      byte[] last = new byte[BLOCK];
      System.arraycopy(from, next, last, 0, end - next);
      block((long) LONGS.get(last, 0), (long) LONGS.get(last, 8));
    }
  }

  /** Writes the hash over what was taken, with the length of the ciphertext in bytes. */
  void finish(long length, byte[] to, int at) {
    block(0, 8 * length);
    LONGS.set(to, at, high);
    LONGS.set(to, at + 8, low);
  }

  private void block(long h, long l) {
    long[] products = table;
    long x = high ^ h;
    long y = low ^ l;
    long sumHigh = 0;
    long sumLow = 0;
    for (int place = 0; place < 16; place++) {
      int shift = 60 - 4 * place;
      int i = 32 * place + 2 * ((int) (x >>> shift) & 15);
      int j = 32 * (place + 16) + 2 * ((int) (y >>> shift) & 15);
      sumHigh ^= products[i] ^ products[j];
      sumLow ^= products[i + 1] ^ products[j + 1];
    }
    high = sumHigh;
    low = sumLow;
  }
}
