// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificate authorities and time-stamping certificates for tests. */
final class TestPki {

  /** What a key signs with. */
  enum Algorithm {
    P256("EC", "secp256r1", "SHA256withECDSA"),
    RSA("RSA", "", "SHA256withRSA"),
    SM2("EC", "sm2p256v1", "SM3withSM2");

    private final String family;
    private final String curve;
    private final String signature;

    Algorithm(String family, String curve, String signature) {
      this.family = family;
      this.curve = curve;
      this.signature = signature;
    }

    String signature() {
      return signature;
    }
  }

  /** A certificate, its key and what is above it. */
  record Identity(X509CertificateHolder certificate, KeyPair keys, X509CertificateHolder issuer) {}

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final Algorithm algorithm;
  private final Identity root;

  TestPki(Algorithm algorithm, Instant now) {
    this.algorithm = algorithm;
    KeyPair keys = keys(algorithm);
    X500Name name = new X500Name("CN=root " + SERIAL.get() + ",O=test");
    JcaX509v3CertificateBuilder builder =
        builder(
            name, name, keys, now.minus(Duration.ofDays(3650)), now.plus(Duration.ofDays(7300)));
    authority(builder);
    X509CertificateHolder certificate = sign(builder, keys);
    this.root = new Identity(certificate, keys, certificate);
  }

  Algorithm algorithm() {
    return algorithm;
  }

  Identity root() {
    return root;
  }

  /** A certificate for time-stamping. */
  Identity tsa(Instant from, Instant to) {
    return leaf(from, to, true, KeyPurposeId.id_kp_timeStamping);
  }

  Identity leaf(Instant from, Instant to, boolean critical, KeyPurposeId purpose) {
    return leaf(root, from, to, critical, purpose);
  }

  Identity leaf(Identity issuer, Instant from, Instant to, boolean critical, KeyPurposeId purpose) {
    KeyPair keys = keys(algorithm);
    JcaX509v3CertificateBuilder builder =
        builder(
            issuer.certificate().getSubject(),
            new X500Name("CN=tsa " + SERIAL.get() + ",O=test"),
            keys,
            from,
            to);
    try {
      builder.addExtension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purpose));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new Identity(sign(builder, issuer.keys()), keys, issuer.certificate());
  }

  Identity intermediate(Instant from, Instant to) {
    KeyPair keys = keys(algorithm);
    JcaX509v3CertificateBuilder builder =
        builder(
            root.certificate().getSubject(),
            new X500Name("CN=intermediate " + SERIAL.get() + ",O=test"),
            keys,
            from,
            to);
    authority(builder);
    return new Identity(sign(builder, root.keys()), keys, root.certificate());
  }

  /** A revocation list of the root that names this certificate; null for no reason. */
  String crl(Identity revoked, Instant when, Integer reason) {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(root.certificate().getSubject(), Date.from(when));
    BigInteger serial = revoked.certificate().getSerialNumber();
    try {
      if (reason == null) {
        builder.addCRLEntry(serial, Date.from(when), (org.bouncycastle.asn1.x509.Extensions) null);
      } else if (reason == CRLReason.unspecified) {
        // The builder leaves reason 0 out; RFC 3161 gives it a meaning of its own.
        builder.addCRLEntry(
            serial,
            Date.from(when),
            new org.bouncycastle.asn1.x509.Extensions(
                new Extension(Extension.reasonCode, false, CRLReason.lookup(0).getEncoded())));
      } else {
        builder.addCRLEntry(serial, Date.from(when), reason);
      }
      return pem(
          builder.build(
              new JcaContentSignerBuilder(algorithm.signature)
                  .setProvider(Providers.BOUNCY_CASTLE)
                  .build(root.keys().getPrivate())));
    } catch (IOException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes the root as the file that a policy names. */
  void writeRoot(Path file) {
    try {
      Files.writeString(file, pem(root.certificate()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }

  private static void authority(JcaX509v3CertificateBuilder builder) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant from, Instant to) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(SERIAL.incrementAndGet()),
        Date.from(from),
        Date.from(to),
        subject,
        keys.getPublic());
  }

  private X509CertificateHolder sign(JcaX509v3CertificateBuilder builder, KeyPair issuer) {
    try {
      return builder.build(
          new JcaContentSignerBuilder(algorithm.signature)
              .setProvider(Providers.BOUNCY_CASTLE)
              .build(issuer.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keys(Algorithm algorithm) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(algorithm.family, Providers.BOUNCY_CASTLE);
      if (algorithm.curve.isEmpty()) {
        generator.initialize(2048);
      } else {
        generator.initialize(new ECGenParameterSpec(algorithm.curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static List<X509CertificateHolder> chain(Identity identity) {
    return List.of(identity.certificate(), identity.issuer());
  }
}
