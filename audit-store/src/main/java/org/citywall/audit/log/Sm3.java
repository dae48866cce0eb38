// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hash function SM3 (GB/T 32905-2016). Can be used again and again and allocates nothing after
 * its construction. Used by one thread.
 */
public final class Sm3 {

  /** Length of a hash in bytes. */
  public static final int BYTES = 32;

  private static final int BLOCK = 64;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** T(j) rotated left by j (section 4.2). */
  private static final int[] T = constants();

  private final int[] w = new int[68];
  private final byte[] block = new byte[BLOCK];
  private long length;
  private int h0;
  private int h1;
  private int h2;
  private int h3;
  private int h4;
  private int h5;
  private int h6;
  private int h7;

  public Sm3() {
    reset();
  }

  private static int[] constants() {
    int[] t = new int[64];
    for (int j = 0; j < t.length; j++) {
      t[j] = Integer.rotateLeft(j < 16 ? 0x79CC4519 : 0x7A879D8A, j);
    }
    return t;
  }

  private void reset() {
    h0 = 0x7380166F;
    h1 = 0x4914B2B9;
    h2 = 0x172442D7;
    h3 = 0xDA8A0600;
    h4 = 0xA96F30BC;
    h5 = 0x163138AA;
    h6 = 0xE38DEE4D;
    h7 = 0xB0FB0E4E;
    length = 0;
  }

  /** Takes one more byte of the message. */
  public void update(byte b) {
    int filled = (int) length & BLOCK - 1;
    block[filled] = b;
    length++;
    if (filled == BLOCK - 1) {
      compress(block, 0);
    }
  }

  /** Takes {@code count} more bytes of the message. */
  public void update(byte[] from, int at, int count) {
    int filled = (int) length & BLOCK - 1;
    int next = at;
    int left = count;
    length += count;
    if (filled > 0) {
      int step = Math.min(left, BLOCK - filled);
      System.arraycopy(from, next, block, filled, step);
      if (filled + step < BLOCK) {
        return;
      }
      compress(block, 0);
      next += step;
      left -= step;
    }
    for (; left >= BLOCK; left -= BLOCK) {
      compress(from, next);
      next += BLOCK;
    }
    System.arraycopy(from, next, block, 0, left);
  }

  /** Writes the hash of the message and is ready for the next one. */
  public void digest(byte[] to, int at) {
    int filled = (int) length & BLOCK - 1;
    block[filled++] = (byte) 0x80;
    if (filled > BLOCK - 8) {
      Arrays.fill(block, filled, BLOCK, (byte) 0);
      compress(block, 0);
      filled = 0;
    }
    Arrays.fill(block, filled, BLOCK - 8, (byte) 0);
    LONGS.set(block, BLOCK - 8, length << 3);
    compress(block, 0);
    INTS.set(to, at, h0);
    INTS.set(to, at + 4, h1);
    INTS.set(to, at + 8, h2);
    INTS.set(to, at + 12, h3);
    INTS.set(to, at + 16, h4);
    INTS.set(to, at + 20, h5);
    INTS.set(to, at + 24, h6);
    INTS.set(to, at + 28, h7);
    reset();
  }

  /** Section 5.3. Four rounds at a time, so that the roles of the registers return to their own. */
  private void compress(byte[] from, int at) {
    int[] words = expand(from, at);
    int a = h0;
    int b = h1;
    int c = h2;
    int d = h3;
    int e = h4;
    int f = h5;
    int g = h6;
    int h = h7;
    for (int j = 0; j < 16; j += 4) {
      int r = Integer.rotateLeft(a, 12);
      int s = Integer.rotateLeft(r + e + T[j], 7);
      d += (a ^ b ^ c) + (s ^ r) + (words[j] ^ words[j + 4]);
      h = p0(h + (e ^ f ^ g) + s + words[j]);
      b = Integer.rotateLeft(b, 9);
      f = Integer.rotateLeft(f, 19);

      r = Integer.rotateLeft(d, 12);
      s = Integer.rotateLeft(r + h + T[j + 1], 7);
      c += (d ^ a ^ b) + (s ^ r) + (words[j + 1] ^ words[j + 5]);
      g = p0(g + (h ^ e ^ f) + s + words[j + 1]);
      a = Integer.rotateLeft(a, 9);
      e = Integer.rotateLeft(e, 19);

      r = Integer.rotateLeft(c, 12);
      s = Integer.rotateLeft(r + g + T[j + 2], 7);
      b += (c ^ d ^ a) + (s ^ r) + (words[j + 2] ^ words[j + 6]);
      f = p0(f + (g ^ h ^ e) + s + words[j + 2]);
      d = Integer.rotateLeft(d, 9);
      h = Integer.rotateLeft(h, 19);

      r = Integer.rotateLeft(b, 12);
      s = Integer.rotateLeft(r + f + T[j + 3], 7);
      a += (b ^ c ^ d) + (s ^ r) + (words[j + 3] ^ words[j + 7]);
      e = p0(e + (f ^ g ^ h) + s + words[j + 3]);
      c = Integer.rotateLeft(c, 9);
      g = Integer.rotateLeft(g, 19);
    }
    for (int j = 16; j < 64; j += 4) {
      int r = Integer.rotateLeft(a, 12);
      int s = Integer.rotateLeft(r + e + T[j], 7);
      d += majority(a, b, c) + (s ^ r) + (words[j] ^ words[j + 4]);
      h = p0(h + choice(e, f, g) + s + words[j]);
      b = Integer.rotateLeft(b, 9);
      f = Integer.rotateLeft(f, 19);

      r = Integer.rotateLeft(d, 12);
      s = Integer.rotateLeft(r + h + T[j + 1], 7);
      c += majority(d, a, b) + (s ^ r) + (words[j + 1] ^ words[j + 5]);
      g = p0(g + choice(h, e, f) + s + words[j + 1]);
      a = Integer.rotateLeft(a, 9);
      e = Integer.rotateLeft(e, 19);

      r = Integer.rotateLeft(c, 12);
      s = Integer.rotateLeft(r + g + T[j + 2], 7);
      b += majority(c, d, a) + (s ^ r) + (words[j + 2] ^ words[j + 6]);
      f = p0(f + choice(g, h, e) + s + words[j + 2]);
      d = Integer.rotateLeft(d, 9);
      h = Integer.rotateLeft(h, 19);

      r = Integer.rotateLeft(b, 12);
      s = Integer.rotateLeft(r + f + T[j + 3], 7);
      a += majority(b, c, d) + (s ^ r) + (words[j + 3] ^ words[j + 7]);
      e = p0(e + choice(f, g, h) + s + words[j + 3]);
      c = Integer.rotateLeft(c, 9);
      g = Integer.rotateLeft(g, 19);
    }
    h0 ^= a;
    h1 ^= b;
    h2 ^= c;
    h3 ^= d;
    h4 ^= e;
    h5 ^= f;
    h6 ^= g;
    h7 ^= h;
  }

  private int[] expand(byte[] from, int at) {
    int[] words = w;
    for (int j = 0; j < 16; j++) {
      words[j] = (int) INTS.get(from, at + 4 * j);
    }
    for (int j = 16; j < 68; j++) {
      int x = words[j - 16] ^ words[j - 9] ^ Integer.rotateLeft(words[j - 3], 15);
      words[j] =
          x
              ^ Integer.rotateLeft(x, 15)
              ^ Integer.rotateLeft(x, 23)
              ^ Integer.rotateLeft(words[j - 13], 7)
              ^ words[j - 6];
    }
    return words;
  }

  private static int p0(int x) {
    return x ^ Integer.rotateLeft(x, 9) ^ Integer.rotateLeft(x, 17);
  }

  private static int majority(int x, int y, int z) {
    return x & y | (x | y) & z;
  }

  private static int choice(int x, int y, int z) {
    return (y ^ z) & x ^ z;
  }
}
