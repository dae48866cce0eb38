// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and the certificates (RFC 5280) that a vault wraps or shows them in. */
final class CertificateAuthority {

  static final Duration AUTHORITY_VALID = Duration.ofDays(3650);
  static final Duration SERVER_VALID = Duration.ofDays(397);

  /** Clocks of two machines differ: a certificate is valid a little before it was made. */
  private static final Duration SKEW = Duration.ofDays(1);

  private final Clock clock;
  private final SecureRandom random;

  CertificateAuthority(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  KeyPair ed25519() {
    return generate("Ed25519");
  }

  KeyPair p256() {
    return generate("EC");
  }

  private KeyPair generate(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A certificate that carries a signing key in a key store, where one is required. */
  X509Certificate wrapper(KeyPair pair, String name) {
    X500Principal self = subject(name);
    return sign(builder(self, self, pair.getPublic(), AUTHORITY_VALID), pair.getPrivate());
  }

  X509Certificate authority(KeyPair pair, String name) {
    X500Principal self = subject(name);
    JcaX509v3CertificateBuilder builder = builder(self, self, pair.getPublic(), AUTHORITY_VALID);
    extend(builder, Extension.basicConstraints, new BasicConstraints(0));
    extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return sign(builder, pair.getPrivate());
  }

  X509Certificate server(
      PublicKey key,
      String name,
      List<String> hosts,
      PrivateKey issuerKey,
      X509Certificate issuer) {
    JcaX509v3CertificateBuilder builder =
        builder(issuer.getSubjectX500Principal(), subject(name), key, SERVER_VALID);
    extend(builder, Extension.basicConstraints, new BasicConstraints(false));
    extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
    extend(
        builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    GeneralName[] names =
        allHosts(hosts).stream().map(CertificateAuthority::name).toArray(GeneralName[]::new);
    extend(builder, Extension.subjectAlternativeName, new GeneralNames(names));
    return sign(builder, issuerKey);
  }

  /** A certificate that a client shows; its subject is the name and nothing else. */
  X509Certificate client(PublicKey key, String name, PrivateKey issuerKey, X509Certificate issuer) {
    JcaX509v3CertificateBuilder builder =
        builder(
            issuer.getSubjectX500Principal(), new X500Principal("CN=" + name), key, SERVER_VALID);
    extend(builder, Extension.basicConstraints, new BasicConstraints(false));
    extend(builder, Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
    extend(
        builder, Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
    return sign(builder, issuerKey);
  }

  /** The hosts that a server certificate names, loopback first. */
  static Set<String> allHosts(List<String> hosts) {
    Set<String> all = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
    for (String host : hosts) {
      all.add(isAddress(host) ? InetAddress.ofLiteral(host).getHostAddress() : host);
    }
    return all;
  }

  private static GeneralName name(String host) {
    return new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host);
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  private static X500Principal subject(String name) {
    return new X500Principal("CN=citywall " + name);
  }

  private JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, PublicKey key, Duration valid) {
    Instant now = clock.instant();
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, random).setBit(126),
        Date.from(now.minus(SKEW)),
        Date.from(now.plus(valid)),
        subject,
        key);
  }

  private static void extend(
      JcaX509v3CertificateBuilder builder, ASN1ObjectIdentifier id, ASN1Encodable value) {
    try {
      builder.addExtension(id, !id.equals(Extension.subjectAlternativeName), value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key) {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
