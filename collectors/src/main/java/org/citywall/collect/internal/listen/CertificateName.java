// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The name under which the owner of a certificate is a source: {@code CN=NAME}, for a certificate
 * without common name {@code DNS=NAME} with its first DNS name, else {@code SHA256=HEX} with its
 * fingerprint. An address never looks like that. A name that cannot be written as it is gets a part
 * of its hash behind a tilde, so that two names never become one. Who may lie here are the
 * authorities that are trusted: each of them can give any name to anybody.
 */
final class CertificateName {

  private static final int MAX_LENGTH = 128;
  private static final int HASH_PART = 16;
  private static final int DNS_NAME = 2;

  private CertificateName() {}

  static String of(X509Certificate certificate) {
    String common = commonName(certificate.getSubjectX500Principal().getName());
    if (common != null) {
      return "CN=" + legible(common);
    }
    String dns = dnsName(certificate);
    return dns == null ? "SHA256=" + fingerprint(certificate) : "DNS=" + legible(dns);
  }

  /** The most specific common name, null where there is none. */
  static @Nullable String commonName(String distinguishedName) {
    try {
      List<Rdn> parts = new LdapName(distinguishedName).getRdns();
      for (Rdn part : parts.reversed()) {
        if (part.getType().equalsIgnoreCase("CN")
            && part.getValue() instanceof String name
            && !name.isBlank()) {
          return name;
        }
      }
      return null;
    } catch (InvalidNameException e) {
      return null;
    }
  }

  private static @Nullable String dnsName(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (Integer.valueOf(DNS_NAME).equals(name.getFirst())
              && name.get(1) instanceof String text) {
            return text;
          }
        }
      }
      return null;
    } catch (CertificateParsingException e) {
      return null;
    }
  }

  static String legible(String name) {
    StringBuilder legible = new StringBuilder();
    name.codePoints()
        .limit(MAX_LENGTH)
        .forEach(
            c ->
                legible.appendCodePoint(
                    Character.isLetterOrDigit(c) || ".-_@:".indexOf(c) >= 0 ? c : '_'));
    return legible.toString().equals(name)
        ? name
        : legible + "~" + Hash.sha256(name.getBytes(UTF_8)).hex().substring(0, HASH_PART);
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return Hash.sha256(certificate.getEncoded()).hex();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was received has an encoding", e);
    }
  }
}
