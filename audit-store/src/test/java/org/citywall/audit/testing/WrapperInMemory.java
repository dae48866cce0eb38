// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyWrapper;

/** A key-encryption key that nobody keeps; what it wraps cannot be altered unnoticed. */
public final class WrapperInMemory implements KeyWrapper {

  private static final int NONCE_BYTES = 12;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  /** A fresh key. */
  public WrapperInMemory() {
    this(new SecureRandom());
  }

  private WrapperInMemory(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, "AES");
  }

  /** The same key for the same number, in every process. */
  public static WrapperInMemory numbered(int number) {
    return new WrapperInMemory(new RepeatedByte(number));
  }

  @Override
  public byte[] wrap(byte[] dataKey) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(dataKey);
      return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(wrapped).get(nonce);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce)
          .doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "not wrapped by this key", e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public byte[] rewrap(byte[] wrapped) {
    return wrapped;
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    return cipher;
  }
}
