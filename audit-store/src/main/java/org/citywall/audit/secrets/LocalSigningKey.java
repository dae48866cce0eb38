// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** A signing key in this process's memory, until it is retired. */
final class LocalSigningKey implements SigningKey {

  /** What only the owner of the private key can do. */
  @FunctionalInterface
  interface Signer {
    byte[] sign(byte[] message) throws GeneralSecurityException;
  }

  private final PublicKey publicKey;
  private final int version;
  private volatile @Nullable Signer signer;

  LocalSigningKey(PublicKey publicKey, int version, Signer signer) {
    this.publicKey = publicKey;
    this.version = version;
    this.signer = signer;
  }

  static LocalSigningKey ed25519(PrivateKey privateKey, PublicKey publicKey, int version) {
    return new LocalSigningKey(
        publicKey,
        version,
        message -> {
          Signature ed25519 = Signature.getInstance("Ed25519");
          ed25519.initSign(privateKey);
          ed25519.update(message);
          return ed25519.sign();
        });
  }

  static LocalSigningKey sm2(Sm2PrivateKey privateKey, int version) {
    return new LocalSigningKey(privateKey.publicKey(), version, privateKey::sign);
  }

  /** Makes every holder of this key unable to sign with it. */
  void retire() {
    signer = null;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public byte[] sign(byte[] message) {
    Signer current = signer;
    if (current == null) {
      throw new PlatformException(AuditErrorCode.KEY_RETIRED, "signing key version " + version);
    }
    try {
      return current.sign(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }
}
