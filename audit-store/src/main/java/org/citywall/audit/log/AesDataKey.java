// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key of AES-256-GCM, by the JDK. */
final class AesDataKey extends DataKey {

  private final SecretKeySpec key;
  // A cipher that was used with the key before has its schedule already.
  private final ConcurrentLinkedDeque<Cipher> ciphers = new ConcurrentLinkedDeque<>();

  AesDataKey(byte[] material) {
    key = new SecretKeySpec(material, "AES");
  }

  @Override
  void seal(long counter, byte[] plain, byte[] to, int at) {
    ByteBuffer.wrap(to).putLong(at, counter);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, counter);
      cipher.doFinal(plain, 0, plain.length, to, at + 8);
      ciphers.push(cipher);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not seal", e);
    }
  }

  @Override
  byte @Nullable [] open(long counter, byte[] sealed, int at, int length) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, counter);
      byte[] plain = cipher.doFinal(sealed, at, length);
      ciphers.push(cipher);
      return plain;
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not open", e);
    }
  }

  private Cipher cipher(int mode, long counter) throws GeneralSecurityException {
    Cipher cipher = ciphers.poll();
    if (cipher == null) {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }
    byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(counter).array();
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    return cipher;
  }
}
