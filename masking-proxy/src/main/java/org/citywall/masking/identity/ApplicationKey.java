// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A key that an application signs tokens with.
 *
 * @param key Ed25519
 * @param from null where it always was valid
 * @param until when it ends to be; null where no end is set
 */
public record ApplicationKey(
    String id, PublicKey key, @Nullable Instant from, @Nullable Instant until) {

  /**
   * Reads a public key: base64 of its X.509 SubjectPublicKeyInfo (RFC 8410), what stands between
   * the lines of a PEM file.
   *
   * @throws IllegalArgumentException where it is none of Ed25519
   */
  public static PublicKey read(String base64) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no public key of Ed25519", e);
    }
  }

  /** Whether what was signed at this moment counts. */
  boolean validAt(Instant moment) {
    return (from == null || !moment.isBefore(from)) && (until == null || moment.isBefore(until));
  }
}
