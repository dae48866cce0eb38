// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.citywall.audit.log.Hash;

/**
 * The channel binding {@code tls-server-end-point} (RFC 5929 section 4.1): the hash of the
 * certificate that the server has shown. Its hash function is that of the certificate's signature,
 * and SHA-256 in the place of MD5 and SHA-1.
 */
final class ServerEndPoint {

  /** There is no channel that could be bound. */
  static final byte[] NONE = {};

  private static final Pattern BY_SHA256 = Pattern.compile("(MD5|SHA1|SHA256)WITH.*");

  private ServerEndPoint() {}

  /** {@link #NONE} where the signature calls for another hash function, or names none. */
  static byte[] of(Certificate shown) {
    if (shown instanceof X509Certificate certificate
        && BY_SHA256.matcher(certificate.getSigAlgName().toUpperCase(Locale.ROOT)).matches()) {
      try {
        return Hash.sha256(certificate.getEncoded()).bytes();
      } catch (CertificateEncodingException e) {
        return NONE;
      }
    }
    return NONE;
  }
}
