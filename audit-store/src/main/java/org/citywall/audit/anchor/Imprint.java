// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tsp.TSPAlgorithms;

/** The digests that a time-stamp token may be about. */
public enum Imprint {
  SHA256("SHA-256", TSPAlgorithms.SHA256),
  SHA384("SHA-384", TSPAlgorithms.SHA384),
  SHA512("SHA-512", TSPAlgorithms.SHA512),
  SM3("SM3", TSPAlgorithms.SM3);

  private final String algorithm;
  private final ASN1ObjectIdentifier oid;

  Imprint(String algorithm, ASN1ObjectIdentifier oid) {
    this.algorithm = algorithm;
    this.oid = oid;
  }

  /** The digest of this word of a policy: {@code sha256}, {@code sm3}, ... */
  static Optional<Imprint> of(String word) {
    return Stream.of(values())
        .filter(imprint -> imprint.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  static Optional<Imprint> of(ASN1ObjectIdentifier oid) {
    return Stream.of(values()).filter(imprint -> imprint.oid.equals(oid)).findFirst();
  }

  ASN1ObjectIdentifier oid() {
    return oid;
  }

  byte[] of(byte[] message) {
    try {
      return MessageDigest.getInstance(algorithm, Providers.BOUNCY_CASTLE).digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
