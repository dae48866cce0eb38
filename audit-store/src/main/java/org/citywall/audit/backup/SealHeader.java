// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;

/**
 * The beginning of an encrypted archive (see the package documentation).
 *
 * @param logN binary logarithm of scrypt's cost, 10..18; each step doubles time and memory
 * @param salt 32 random bytes
 */
record SealHeader(int logN, byte[] salt) {

  static final int BYTES = 44;
  static final int SALT = 32;

  /** Plain bytes in a chunk. */
  static final int CHUNK = 1 << 20;

  /** Bytes that a chunk grows by. */
  static final int TAG = 16;

  private static final long MAGIC = 0x4357_5345_414C_0D0AL;
  private static final byte VERSION = 1;
  private static final byte AES_256_GCM = 1;
  private static final byte SCRYPT = 1;
  private static final int MIN_LOG_N = 10;
  private static final int MAX_LOG_N = 18;

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .putLong(MAGIC)
        .put(VERSION)
        .put(AES_256_GCM)
        .put(SCRYPT)
        .put((byte) logN)
        .put(salt)
        .array();
  }

  /** Whether these first bytes of a file are those of an encrypted archive. */
  static boolean isSealed(byte[] start) {
    return start.length >= 8 && ByteBuffer.wrap(start).getLong(0) == MAGIC;
  }

  static SealHeader decode(byte[] bytes) {
    if (bytes.length < BYTES) {
      throw new PlatformException(AuditErrorCode.BACKUP_DAMAGED, "it is cut short");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).position(8);
    boolean known = in.get() == VERSION && in.get() == AES_256_GCM && in.get() == SCRYPT;
    int logN = in.get();
    if (!known || logN < MIN_LOG_N || logN > MAX_LOG_N) {
      throw new PlatformException(AuditErrorCode.BACKUP_FORMAT, "encrypted in an unknown way");
    }
    return new SealHeader(logN, Arrays.copyOfRange(bytes, BYTES - SALT, BYTES));
  }

  SecretKeySpec key(Sensitive<char[]> passphrase) {
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase.reveal()));
    byte[] secret = new byte[utf8.remaining()];
    utf8.get(secret);
    byte[] key = SCrypt.generate(secret, salt, 1 << logN, 8, 1, 32);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(utf8.array(), (byte) 0);
    return new SecretKeySpec(key, "AES");
  }

  /** A cipher for one chunk. */
  Cipher cipher(int mode, SecretKeySpec key, long number, boolean last)
      throws GeneralSecurityException {
    if (number >= 1L << 32) {
      throw new GeneralSecurityException("more chunks than a key may seal");
    }
    ByteBuffer nonce = ByteBuffer.allocate(12);
    nonce.putInt(7, (int) number).put(11, (byte) (last ? 1 : 0));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce.array()));
    cipher.updateAAD(encode());
    return cipher;
  }
}
