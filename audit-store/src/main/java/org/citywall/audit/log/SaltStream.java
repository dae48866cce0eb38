// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stream of salts that nobody can foretell or recompute: ChaCha20 (RFC 8439) under a key from the
 * given generator, replaced from its own output after each block of 32 KiB ("fast key erasure"), so
 * that a later look into memory does not reveal earlier salts. Safe for use by several threads.
 */
final class SaltStream {

  static final int SALT_BYTES = 32;

  private static final int BLOCK = 32 << 10;
  private static final byte[] ZEROS = new byte[BLOCK];
  private static final byte[] NONCE = new byte[12];

  private final byte[] key = new byte[SALT_BYTES];
  private final byte[] block = new byte[BLOCK];
  private int used;

  /** The generator must be a {@code SecureRandom} wherever salts protect real payloads. */
  SaltStream(RandomGenerator seed) {
    seed.nextBytes(key);
    refill();
  }

  /** Fills {@code count} salts one after the other. */
  synchronized byte[] next(int count) {
    byte[] salts = new byte[count * SALT_BYTES];
    int at = 0;
    while (at < salts.length) {
      if (used == BLOCK) {
        refill();
      }
      int step = Math.min(salts.length - at, BLOCK - used);
      System.arraycopy(block, used, salts, at, step);
      Arrays.fill(block, used, used + step, (byte) 0);
      used += step;
      at += step;
    }
    return salts;
  }

  private void refill() {
    try {
      Cipher cipher = Cipher.getInstance("ChaCha20");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "ChaCha20"),
          new ChaCha20ParameterSpec(NONCE, 0));
      cipher.doFinal(ZEROS, 0, BLOCK, block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has ChaCha20", e);
    }
    System.arraycopy(block, 0, key, 0, SALT_BYTES);
    Arrays.fill(block, 0, SALT_BYTES, (byte) 0);
    used = SALT_BYTES;
  }
}
