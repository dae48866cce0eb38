// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The block cipher SM4 (GB/T 32907-2016) in counter mode under one key. Four blocks are computed
 * side by side, because each round waits for the one before. The tables are small enough for the
 * first cache, but their use depends on the key: who shares a core with this process may learn from
 * it, as with every SM4 in software. Immutable.
 */
final class Sm4 {

  static final int BLOCK = 16;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** Section 6.2 a). */
  private static final byte[] S =
      HexFormat.of()
          .parseHex(
              "d690e9fecce13db716b614c228fb2c052b679a762abe04c3aa44132649860699"
                  + "9c4250f491ef987a33540b43edcfac62e4b31ca9c908e89580df94fa758f3fa6"
                  + "4707a7fcf37317ba83593c19e6854fa8686b81b27164da8bf8eb0f4b70569d35"
                  + "1e240e5e6358d1a225227c3b01217887d40046579fd327524c3602e7a0c4c89e"
                  + "eabf8ad240c738b5a3f7f2cef96115a1e0ae5da49b341a55ad933230f58cb1e3"
                  + "1df6e22e8266ca60c02923ab0d534e6fd5db3745defd8e2f03ff6a726d6c5b51"
                  + "8d1baf92bbddbc7f11d95c411f105ad80ac13188a5cd7bbd2d74d012b8e5b4b0"
                  + "8969974a0c96777e65b9f109c56ec68418f07dec3adc4d2079ee5f3ed7cb3948");

  private static final int[] FK = {0xA3B1BAC6, 0x56AA3350, 0x677D9197, 0xB27022DC};

  /** The transformation T of section 6.2, a byte at a time. */
  private static final int[] T0 = new int[256];

  private static final int[] T1 = new int[256];
  private static final int[] T2 = new int[256];
  private static final int[] T3 = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int b = (S[i] & 0xFF) << 24;
      int t =
          b
              ^ Integer.rotateLeft(b, 2)
              ^ Integer.rotateLeft(b, 10)
              ^ Integer.rotateLeft(b, 18)
              ^ Integer.rotateLeft(b, 24);
      T0[i] = t;
      T1[i] = Integer.rotateRight(t, 8);
      T2[i] = Integer.rotateRight(t, 16);
      T3[i] = Integer.rotateRight(t, 24);
    }
  }

  private final int[] roundKeys = new int[32];

  Sm4(byte[] key) {
    int[] k = new int[4];
    for (int i = 0; i < 4; i++) {
      k[i] = (int) INTS.get(key, 4 * i) ^ FK[i];
    }
    for (int i = 0; i < 32; i++) {
      int x = k[(i + 1) & 3] ^ k[(i + 2) & 3] ^ k[(i + 3) & 3] ^ constant(i);
      int b = 0;
      for (int shift = 24; shift >= 0; shift -= 8) {
        b |= (S[x >>> shift & 0xFF] & 0xFF) << shift;
      }
      k[i & 3] ^= b ^ Integer.rotateLeft(b, 13) ^ Integer.rotateLeft(b, 23);
      roundKeys[i] = k[i & 3];
    }
  }

  /** CK of section 7.3 b): the bytes are multiples of 7. */
  private static int constant(int i) {
    int constant = 0;
    for (int j = 0; j < 4; j++) {
      constant = constant << 8 | (4 * i + j) * 7 & 0xFF;
    }
    return constant;
  }

  /**
   * Writes the encryption of four blocks that are equal but for their last 32 bits, which count up
   * from {@code counter}.
   */
  void fourBlocks(int x0, int x1, int x2, int counter, byte[] to) {
    int[] keys = roundKeys;
    int a = x0;
    int b = x1;
    int c = x2;
    int d = counter;
    int e = x0;
    int f = x1;
    int g = x2;
    int h = counter + 1;
    int i = x0;
    int j = x1;
    int k = x2;
    int l = counter + 2;
    int m = x0;
    int n = x1;
    int o = x2;
    int p = counter + 3;
    for (int round = 0; round < 32; round += 4) {
      int key = keys[round];
      a ^= t(b ^ c ^ d ^ key);
      e ^= t(f ^ g ^ h ^ key);
      i ^= t(j ^ k ^ l ^ key);
      m ^= t(n ^ o ^ p ^ key);
      key = keys[round + 1];
      b ^= t(c ^ d ^ a ^ key);
      f ^= t(g ^ h ^ e ^ key);
      j ^= t(k ^ l ^ i ^ key);
      n ^= t(o ^ p ^ m ^ key);
      key = keys[round + 2];
      c ^= t(d ^ a ^ b ^ key);
      g ^= t(h ^ e ^ f ^ key);
      k ^= t(l ^ i ^ j ^ key);
      o ^= t(p ^ m ^ n ^ key);
      key = keys[round + 3];
      d ^= t(a ^ b ^ c ^ key);
      h ^= t(e ^ f ^ g ^ key);
      l ^= t(i ^ j ^ k ^ key);
      p ^= t(m ^ n ^ o ^ key);
    }
    put(to, 0, d, c, b, a);
    put(to, BLOCK, h, g, f, e);
    put(to, 2 * BLOCK, l, k, j, i);
    put(to, 3 * BLOCK, p, o, n, m);
  }

  private static int t(int x) {
    return T0[x >>> 24] ^ T1[x >>> 16 & 0xFF] ^ T2[x >>> 8 & 0xFF] ^ T3[x & 0xFF];
  }

  private static void put(byte[] to, int at, int w0, int w1, int w2, int w3) {
    INTS.set(to, at, w0);
    INTS.set(to, at + 4, w1);
    INTS.set(to, at + 8, w2);
    INTS.set(to, at + 12, w3);
  }
}
