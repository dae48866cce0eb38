// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.util.Store;

/**
 * A path of certificates from a signer to a trusted root, valid at the time of the signature (RFC
 * 5280 section 6).
 *
 * @param certificates the signer first, without the root
 * @param root trusted as it is
 */
record CertificatePath(List<X509Certificate> certificates, X509Certificate root) {

  CertificatePath {
    certificates = List.copyOf(certificates);
  }

  /** The certificates of a token. */
  static List<X509Certificate> certificates(Store<X509CertificateHolder> store)
      throws GeneralSecurityException {
    JcaX509CertificateConverter converter =
        new JcaX509CertificateConverter().setProvider(Providers.BOUNCY_CASTLE);
    List<X509Certificate> certificates = new ArrayList<>();
    for (X509CertificateHolder holder : store.getMatches(null)) {
      certificates.add(converter.getCertificate(holder));
    }
    return certificates;
  }

  /** A path that was valid at this time, if there is one. Revocation is not looked at. */
  static Optional<CertificatePath> find(
      X509Certificate signer, List<X509Certificate> others, List<X509Certificate> roots, Instant at)
      throws GeneralSecurityException {
    if (roots.contains(signer)) {
      return Optional.of(new CertificatePath(List.of(signer), signer));
    }
    Set<TrustAnchor> anchors = new HashSet<>();
    roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(signer);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.setDate(Date.from(at));
    parameters.setRevocationEnabled(false);
    List<X509Certificate> known = new ArrayList<>(others);
    known.add(signer);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
    try {
      CertPathBuilder builder = CertPathBuilder.getInstance("PKIX", Providers.BOUNCY_CASTLE);
      PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult) builder.build(parameters);
      return Optional.of(
          new CertificatePath(
              result.getCertPath().getCertificates().stream()
                  .map(X509Certificate.class::cast)
                  .toList(),
              result.getTrustAnchor().getTrustedCert()));
    } catch (CertPathBuilderException e) {
      return Optional.empty();
    }
  }

  /** Until when every certificate of the path is valid. */
  Instant validUntil() {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * Why a signature of this time is worth nothing for what a revocation list says; empty where none
   * says so. RFC 3161 section 4: what was signed before the revocation stays good only where the
   * list gives a reason other than that the key may be in other hands.
   */
  Optional<String> revoked(List<X509CRL> crls, Instant signedAt) throws GeneralSecurityException {
    for (int i = 0; i < certificates.size(); i++) {
      X509Certificate certificate = certificates.get(i);
      X509Certificate issuer = i + 1 < certificates.size() ? certificates.get(i + 1) : root;
      for (X509CRL crl : crls) {
        if (!crl.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
          continue;
        }
        if (!isSignedBy(crl, issuer.getPublicKey())) {
          return Optional.of("a revocation list is not signed by the issuer it names");
        }
        X509CRLEntry entry = crl.getRevokedCertificate(certificate);
        if (entry != null && !staysGood(entry, signedAt)) {
          return Optional.of(
              "its certificate was revoked on " + entry.getRevocationDate().toInstant());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean staysGood(X509CRLEntry entry, Instant signedAt) {
    if (entry.getRevocationReason() == null) {
      return false;
    }
    return switch (entry.getRevocationReason()) {
      case UNSPECIFIED, AFFILIATION_CHANGED, SUPERSEDED, CESSATION_OF_OPERATION ->
          signedAt.isBefore(entry.getRevocationDate().toInstant());
      case KEY_COMPROMISE,
          CA_COMPROMISE,
          CERTIFICATE_HOLD,
          UNUSED,
          REMOVE_FROM_CRL,
          PRIVILEGE_WITHDRAWN,
          AA_COMPROMISE ->
          false;
    };
  }

  private static boolean isSignedBy(X509CRL crl, PublicKey key) {
    try {
      crl.verify(key, Providers.BOUNCY_CASTLE);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
