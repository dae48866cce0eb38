// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key of SM4-GCM. The JDK has no SM4; tests compare this one with Bouncy Castle's. */
final class Sm4DataKey extends DataKey {

  private static final int FOUR = 4 * Sm4.BLOCK;

  private final Sm4 sm4;
  private final long[] table;

  Sm4DataKey(byte[] material) {
    sm4 = new Sm4(material);
    byte[] hashKey = new byte[FOUR];
    sm4.fourBlocks(0, 0, 0, 0, hashKey);
    table = Ghash.table(Arrays.copyOf(hashKey, Sm4.BLOCK));
  }

  @Override
  void seal(long counter, byte[] plain, byte[] to, int at) {
    ByteBuffer.wrap(to).putLong(at, counter);
    byte[] mask = encrypt(counter, plain, 0, plain.length, to, at + 8);
    tag(mask, to, at + 8, plain.length, to, at + 8 + plain.length);
  }

  @Override
  byte @Nullable [] open(long counter, byte[] sealed, int at, int length) {
    int plainLength = length - TAG_BYTES;
    byte[] plain = new byte[plainLength];
    byte[] mask = encrypt(counter, sealed, at, plainLength, plain, 0);
    byte[] tag = new byte[TAG_BYTES];
    tag(mask, sealed, at, plainLength, tag, 0);
    byte[] stored = Arrays.copyOfRange(sealed, at + plainLength, at + length);
    return MessageDigest.isEqual(tag, stored) ? plain : null;
  }

  /** Encrypts or decrypts; answers with the block that masks the tag, at the beginning. */
  private byte[] encrypt(long counter, byte[] from, int at, int length, byte[] to, int toAt) {
    int high = (int) (counter >>> 32);
    int low = (int) counter;
    byte[] mask = new byte[FOUR];
    byte[] stream = new byte[FOUR];
    sm4.fourBlocks(0, high, low, 1, mask);
    // The first block masks the tag, three are left of it.
    System.arraycopy(mask, Sm4.BLOCK, stream, 0, FOUR - Sm4.BLOCK);
    int done = Math.min(length, FOUR - Sm4.BLOCK);
    xor(stream, from, at, done, to, toAt);
    for (int block = 5; done < length; block += 4) {
      sm4.fourBlocks(0, high, low, block, stream);
      int step = Math.min(FOUR, length - done);
      xor(stream, from, at + done, step, to, toAt + done);
      done += step;
    }
    return mask;
  }

  private static void xor(byte[] stream, byte[] from, int at, int count, byte[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] = (byte) (from[at + i] ^ stream[i]);
    }
  }

  private void tag(byte[] mask, byte[] sealed, int at, int length, byte[] to, int toAt) {
    Ghash hash = new Ghash(table);
    byte[] tag = new byte[TAG_BYTES];
    hash.update(sealed, at, length);
    hash.finish(length, tag, 0);
    xor(mask, tag, 0, TAG_BYTES, to, toAt);
  }
}
