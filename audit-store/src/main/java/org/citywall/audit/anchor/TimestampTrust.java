// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * What makes the tokens of a time-stamping authority believable.
 *
 * @param roots certificates that are trusted as they are, at least one
 * @param crls revocation lists; without them nothing is said about revocation
 * @param policy TSA policy that tokens must name, or null for any
 */
public record TimestampTrust(
    List<X509Certificate> roots, List<X509CRL> crls, @Nullable ASN1ObjectIdentifier policy) {

  private static final long MAX_FILE = 16 << 20;

  public TimestampTrust {
    roots = List.copyOf(roots);
    crls = List.copyOf(crls);
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("no root certificate");
    }
  }

  /** Certificates of a PEM file; {@code AUD-0060} where it cannot be read or holds none. */
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = new ArrayList<>();
    JcaX509CertificateConverter converter =
        new JcaX509CertificateConverter().setProvider(Providers.BOUNCY_CASTLE);
    for (Object object : pem(file)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          certificates.add(converter.getCertificate(holder));
        } catch (GeneralSecurityException e) {
          throw unreadable(file, e);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw unreadable(file, null);
    }
    return certificates;
  }

  /** Revocation lists of a PEM file; {@code AUD-0060} where it cannot be read or holds none. */
  static List<X509CRL> crls(Path file) {
    List<X509CRL> crls = new ArrayList<>();
    JcaX509CRLConverter converter = new JcaX509CRLConverter().setProvider(Providers.BOUNCY_CASTLE);
    for (Object object : pem(file)) {
      if (object instanceof X509CRLHolder holder) {
        try {
          crls.add(converter.getCRL(holder));
        } catch (GeneralSecurityException e) {
          throw unreadable(file, e);
        }
      }
    }
    if (crls.isEmpty()) {
      throw unreadable(file, null);
    }
    return crls;
  }

  private static List<Object> pem(Path file) {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw unreadable(file, null);
      }
      List<Object> objects = new ArrayList<>();
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      try (PEMParser parser = new PEMParser(new StringReader(text))) {
        for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
          objects.add(object);
        }
      }
      return objects;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static PlatformException unreadable(Path file, @Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.ANCHOR_POLICY_INVALID,
        file + " holds no PEM certificate or revocation list that can be read",
        cause);
  }
}
