// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.citywall.audit.log.Hash;

/**
 * The certificate that a client has to show: by its subject, which any certificate of the authority
 * may have that issues it anew, or by the SHA-256 of one.
 *
 * @param name 64 hexadecimal digits, or a distinguished name (RFC 2253)
 */
public record ClientCertificate(String name) {

  private static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");

  /** {@link IllegalArgumentException} where the name is neither. */
  public ClientCertificate {
    if (!HASH.matcher(name).matches()) {
      new X500Principal(name);
    }
  }

  /**
   * What a client has shown.
   *
   * @param subject in the form of RFC 2253
   * @param hash SHA-256, in lower case
   */
  public record Shown(String subject, String hash) {

    static Shown of(X509Certificate certificate) {
      try {
        return new Shown(
            certificate.getSubjectX500Principal().getName(),
            Hash.sha256(certificate.getEncoded()).hex());
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("it was decoded from what it cannot be encoded to", e);
      }
    }
  }

  boolean is(Shown shown) {
    return HASH.matcher(name).matches()
        ? name.toLowerCase(Locale.ROOT).equals(shown.hash())
        : new X500Principal(name).equals(new X500Principal(shown.subject()));
  }
}
