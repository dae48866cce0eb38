// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSVerifierCertificateNotValidException;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * Checks the answer of a time-stamping authority (RFC 3161, RFC 5816): that it belongs to the
 * request, that its token is about the message, and that somebody trusted signed it while allowed
 * to.
 */
final class TokenCheck {

  /** Longest answer that is read, in bytes. */
  static final int MAX_RESPONSE = 1 << 18;

  /** Nesting of a real token stays below 20; the parser descends by recursion. */
  private static final int MAX_DEPTH = 64;

  private final TimestampTrust trust;

  TokenCheck(TimestampTrust trust) {
    this.trust = trust;
  }

  /**
   * @param response the whole answer (TimeStampResp, DER)
   * @param query the request it should belong to (TimeStampReq, DER)
   * @param message what the token should be about
   */
  TokenResult check(byte[] response, byte[] query, byte[] message) {
    if (response.length > MAX_RESPONSE || !DerDepth.isAtMost(response, MAX_DEPTH)) {
      return new TokenResult.Broken("too long or too deep");
    }
    try {
      TimeStampRequest request = new TimeStampRequest(query);
      TimeStampResponse answer = new TimeStampResponse(response);
      answer.validate(request);
      TimeStampToken token = answer.getTimeStampToken();
      if (token == null) {
        return new TokenResult.Broken("no token: " + answer.getStatusString());
      }
      Optional<Imprint> imprint = Imprint.of(token.getTimeStampInfo().getMessageImprintAlgOID());
      if (imprint.isEmpty()) {
        return new TokenResult.Untrusted("its digest is too weak or unknown");
      }
      byte[] digest = token.getTimeStampInfo().getMessageImprintDigest();
      return Arrays.equals(imprint.get().of(message), digest)
          ? signed(token)
          : new TokenResult.Broken("it is about something else");
    } catch (TSPException | IOException | GeneralSecurityException | RuntimeException e) {
      // The parser reports what it cannot read by exceptions of many kinds.
      return new TokenResult.Broken(String.valueOf(e.getMessage()));
    }
  }

  private TokenResult signed(TimeStampToken token)
      throws TSPException, GeneralSecurityException, IOException {
    Optional<X509CertificateHolder> signer = signer(token);
    if (signer.isEmpty()) {
      return new TokenResult.Untrusted("the certificate of its signer is not there");
    }
    SignerInformationVerifier verifier = verifier(signer.get());
    try {
      if (!token.isSignatureValid(verifier)) {
        return new TokenResult.Broken("its signature does not verify");
      }
      token.validate(verifier);
    } catch (TSPException e) {
      boolean whole =
          e instanceof TSPValidationException
              || e.getCause() instanceof CMSVerifierCertificateNotValidException;
      if (whole) {
        return new TokenResult.Untrusted(String.valueOf(e.getMessage()));
      }
      throw e;
    }
    return trusted(token, signer.get());
  }

  private TokenResult trusted(TimeStampToken token, X509CertificateHolder signer)
      throws GeneralSecurityException {
    ASN1ObjectIdentifier policy = token.getTimeStampInfo().getPolicy();
    if (trust.policy() != null && !trust.policy().equals(policy)) {
      return new TokenResult.Untrusted("it was made under the policy " + policy);
    }
    Instant time = token.getTimeStampInfo().getGenTime().toInstant();
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .setProvider(Providers.BOUNCY_CASTLE)
            .getCertificate(signer);
    List<X509Certificate> others = CertificatePath.certificates(token.getCertificates());
    Optional<CertificatePath> path = CertificatePath.find(certificate, others, trust.roots(), time);
    if (path.isEmpty()) {
      return new TokenResult.Untrusted("no valid path from its signer to a trusted root");
    }
    Optional<String> revoked = path.get().revoked(trust.crls(), time);
    return revoked.isPresent()
        ? new TokenResult.Untrusted(revoked.get())
        : new TokenResult.Trusted(
            time, path.get().validUntil(), certificate.getSubjectX500Principal().getName());
  }

  /** The certificate of the signer: in the token or, where it was left out, a trusted one. */
  private Optional<X509CertificateHolder> signer(TimeStampToken token)
      throws GeneralSecurityException {
    for (X509CertificateHolder holder : token.getCertificates().getMatches(null)) {
      if (token.getSID().match(holder)) {
        return Optional.of(holder);
      }
    }
    for (X509Certificate root : trust.roots()) {
      X509CertificateHolder holder = new JcaX509CertificateHolder(root);
      if (token.getSID().match(holder)) {
        return Optional.of(holder);
      }
    }
    return Optional.empty();
  }

  private static SignerInformationVerifier verifier(X509CertificateHolder signer)
      throws GeneralSecurityException {
    try {
      return new JcaSimpleSignerInfoVerifierBuilder()
          .setProvider(Providers.BOUNCY_CASTLE)
          .build(signer);
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
