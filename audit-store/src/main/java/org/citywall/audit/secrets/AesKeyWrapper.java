// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Wraps by AES-256-GCM (NIST SP 800-38D). Wrapped form: byte {@code 0x01}, version (4 bytes,
 * big-endian), nonce (12 bytes, random), ciphertext, tag (16 bytes); the first five bytes and the
 * key's name are authenticated too.
 *
 * <p>With random nonces, SP 800-38D section 8.3 allows 2^32 calls of {@link #wrap} under one
 * version.
 */
final class AesKeyWrapper implements KeyWrapper {

  /** The versions of the key, wherever they are. */
  interface Versions {

    int newest();

    /** Empty where the version was retired. */
    Optional<SecretKey> key(int version);

    /** What encrypts with these keys. */
    Cipher cipher() throws GeneralSecurityException;

    /** Why a key that is there could not be used. */
    AuditErrorCode failure();
  }

  private static final byte FORMAT = 0x01;
  private static final int HEADER_BYTES = 5;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] DOMAIN = "citywall wrapped key\n".getBytes(StandardCharsets.US_ASCII);

  private final String name;
  private final Versions versions;
  private final SecureRandom random;

  AesKeyWrapper(String name, Versions versions, SecureRandom random) {
    this.name = name;
    this.versions = versions;
    this.random = random;
  }

  @Override
  public byte[] wrap(byte[] dataKey) {
    if (dataKey.length == 0 || dataKey.length > MAX_DATA_KEY) {
      throw new IllegalArgumentException("a data key has 1 to " + MAX_DATA_KEY + " bytes");
    }
    int version = versions.newest();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] header = ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).putInt(version).array();
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key(version), nonce, header).doFinal(dataKey);
      return ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + encrypted.length)
          .put(header)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException | ProviderException e) {
      throw unusable(e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped) {
    int version = version(wrapped);
    ByteBuffer in = ByteBuffer.wrap(wrapped);
    byte[] header = take(in, HEADER_BYTES);
    byte[] nonce = take(in, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key(version), nonce, header)
          .doFinal(take(in, in.remaining()));
    } catch (AEADBadTagException e) {
      throw invalid(e);
    } catch (GeneralSecurityException | ProviderException e) {
      throw unusable(e);
    }
  }

  @Override
  public byte[] rewrap(byte[] wrapped) {
    byte[] dataKey = unwrap(wrapped);
    return version(wrapped) == versions.newest() ? wrapped : wrap(dataKey);
  }

  private int version(byte[] wrapped) {
    if (wrapped.length <= HEADER_BYTES + NONCE_BYTES + TAG_BITS / 8 || wrapped[0] != FORMAT) {
      throw invalid(null);
    }
    int version = ByteBuffer.wrap(wrapped).getInt(1);
    if (version < 1 || version > versions.newest()) {
      throw invalid(null);
    }
    return version;
  }

  private SecretKey key(int version) {
    return versions
        .key(version)
        .orElseThrow(
            () ->
                new PlatformException(
                    AuditErrorCode.KEY_RETIRED, "wrapping key " + name + " version " + version));
  }

  private Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] header)
      throws GeneralSecurityException {
    Cipher cipher = versions.cipher();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(DOMAIN);
    cipher.updateAAD(name.getBytes(StandardCharsets.US_ASCII));
    cipher.updateAAD(header);
    return cipher;
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] taken = new byte[length];
    in.get(taken);
    return taken;
  }

  private PlatformException invalid(@Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.WRAPPED_KEY_INVALID, "not wrapped by key " + name, cause);
  }

  private PlatformException unusable(Exception cause) {
    return new PlatformException(
        AuditErrorCode.KEYS_UNREADABLE, "wrapping key " + name + " cannot be used", cause);
  }
}
