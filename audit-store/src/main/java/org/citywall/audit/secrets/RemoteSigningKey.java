// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** An Ed25519 key whose private half is elsewhere: in Vault or in a crypto machine. */
final class RemoteSigningKey implements SigningKey {

  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final int version;
  private final PublicKey publicKey;
  private final UnaryOperator<byte[]> signer;

  /**
   * @param key the public key, 32 bytes (RFC 8032)
   * @param signer gives the signature of a message
   */
  RemoteSigningKey(byte[] key, int version, UnaryOperator<byte[]> signer) {
    this.publicKey = decode(key);
    this.version = version;
    this.signer = signer;
  }

  private static PublicKey decode(byte[] key) {
    byte[] spki = new byte[SPKI_PREFIX.length + key.length];
    System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
    System.arraycopy(key, 0, spki, SPKI_PREFIX.length, key.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw new PlatformException(AuditErrorCode.KEYS_UNREADABLE, "no Ed25519 public key", e);
    }
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public int version() {
    return version;
  }

  /** Checks what came back: a key of this name that was made anew must not sign for this one. */
  @Override
  public byte[] sign(byte[] message) {
    byte[] signature = signer.apply(message);
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(publicKey);
      ed25519.update(message);
      if (ed25519.verify(signature)) {
        return signature;
      }
      throw replaced(null);
    } catch (GeneralSecurityException e) {
      throw replaced(e);
    }
  }

  private static PlatformException replaced(@Nullable GeneralSecurityException cause) {
    return new PlatformException(
        AuditErrorCode.KEY_REPLACED, "the public key does not verify the signature", cause);
  }
}
