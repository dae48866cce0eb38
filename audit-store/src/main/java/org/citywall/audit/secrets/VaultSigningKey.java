// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** A version of an Ed25519 key in Vault; each signature is one request. */
final class VaultSigningKey implements SigningKey {

  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final VaultTransit transit;
  private final KeySlot slot;
  private final int version;
  private final PublicKey publicKey;

  /**
   * @param key the public key, 32 bytes (RFC 8032)
   */
  VaultSigningKey(VaultTransit transit, KeySlot slot, int version, byte[] key) {
    this.transit = transit;
    this.slot = slot;
    this.version = version;
    this.publicKey = decode(key);
  }

  private static PublicKey decode(byte[] key) {
    byte[] spki = new byte[SPKI_PREFIX.length + key.length];
    System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
    System.arraycopy(key, 0, spki, SPKI_PREFIX.length, key.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    } catch (GeneralSecurityException e) {
      throw new PlatformException(
          AuditErrorCode.VAULT_REFUSED, "Vault gave no Ed25519 public key", e);
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
    byte[] signature = transit.sign(slot, version, message);
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

  private PlatformException replaced(@Nullable GeneralSecurityException cause) {
    return new PlatformException(
        AuditErrorCode.VAULT_REFUSED,
        slot + " in Vault is not the key it was; it was replaced or restored",
        cause);
  }
}
