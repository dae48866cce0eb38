// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {

  private static final byte[] MESSAGE = "city.example/audit\n1\nroot\n".getBytes(UTF_8);
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant FROM = NOW.minus(Duration.ofDays(300));
  private static final Instant TO = NOW.plus(Duration.ofDays(300));

  private final MutableClock clock = MutableClock.at(NOW);
  private final TestPki pki = new TestPki(TestPki.Algorithm.P256, NOW);

  private static byte[] query(byte[] message, long nonce) {
    return query(Imprint.SHA256, message, nonce);
  }

  private static byte[] query(Imprint imprint, byte[] message, long nonce) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    try {
      return generator
          .generate(imprint.oid(), imprint.of(message), BigInteger.valueOf(nonce))
          .getEncoded();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] stamp(TestPki.Identity identity, byte[] query) {
    try (TestTsa tsa = new TestTsa(pki, identity, clock)) {
      return tsa.stamp(query);
    }
  }

  private TimestampTrust trust(TestPki roots) {
    return new TimestampTrust(List.of(certificate(roots.root())), List.of(), null);
  }

  private static X509Certificate certificate(TestPki.Identity identity) {
    try {
      return new JcaX509CertificateConverter()
          .setProvider(Providers.BOUNCY_CASTLE)
          .getCertificate(identity.certificate());
    } catch (java.security.cert.CertificateException e) {
      throw new AssertionError(e);
    }
  }

  private TokenResult check(byte[] response, byte[] query) {
    return new TokenCheck(trust(pki)).check(response, query, MESSAGE);
  }

  @ParameterizedTest
  @EnumSource
  void believesATokenOfATrustedAuthority(TestPki.Algorithm algorithm) {
    TestPki other = new TestPki(algorithm, NOW);
    Imprint imprint = algorithm == TestPki.Algorithm.SM2 ? Imprint.SM3 : Imprint.SHA256;
    byte[] query = query(imprint, MESSAGE, 1);
    TestPki.Identity identity = other.tsa(FROM, TO);
    byte[] response;
    try (TestTsa tsa = new TestTsa(other, identity, clock)) {
      response = tsa.stamp(query);
    }

    TokenResult result = new TokenCheck(trust(other)).check(response, query, MESSAGE);

    assertThat(result)
        .isEqualTo(
            new TokenResult.Trusted(
                NOW, TO, certificate(identity).getSubjectX500Principal().getName()));
  }

  @Test
  void followsAPathOverAnIntermediateAuthority() {
    TestPki.Identity intermediate = pki.intermediate(FROM, NOW.plus(Duration.ofDays(100)));
    TestPki.Identity identity =
        pki.leaf(intermediate, FROM, TO, true, KeyPurposeId.id_kp_timeStamping);
    byte[] query = query(MESSAGE, 1);
    byte[] whole;
    byte[] withoutIntermediate;
    try (TestTsa tsa = new TestTsa(pki, identity, TestPki.chain(identity), clock)) {
      whole = tsa.stamp(query);
    }
    withoutIntermediate = stamp(identity, query);

    assertThat(check(whole, query))
        .isInstanceOfSatisfying(
            TokenResult.Trusted.class,
            trusted -> assertThat(trusted.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(100))));
    assertThat(check(withoutIntermediate, query)).isInstanceOf(TokenResult.Untrusted.class);
  }

  @Test
  void refusesATokenFromAnotherCheckpoint() {
    byte[] query = query("another".getBytes(UTF_8), 1);

    assertThat(check(stamp(pki.tsa(FROM, TO), query), query))
        .isEqualTo(new TokenResult.Broken("it is about something else"));
  }

  @Test
  void refusesAnAnswerWithTheNonceOfAnEarlierRequest() {
    byte[] replayed = stamp(pki.tsa(FROM, TO), query(MESSAGE, 1));

    assertThat(check(replayed, query(MESSAGE, 2)))
        .isInstanceOfSatisfying(
            TokenResult.Broken.class, broken -> assertThat(broken.reason()).contains("nonce"));
  }

  @Test
  void trustsNoTokenUnderOtherRoots() {
    byte[] query = query(MESSAGE, 1);
    byte[] response = stamp(pki.tsa(FROM, TO), query);
    TestPki stranger = new TestPki(TestPki.Algorithm.P256, NOW);

    assertThat(new TokenCheck(trust(stranger)).check(response, query, MESSAGE))
        .isInstanceOf(TokenResult.Untrusted.class);
  }

  @Test
  void trustsNoTokenMadeOutsideTheValidityOfItsCertificate() {
    byte[] query = query(MESSAGE, 1);
    byte[] expired = stamp(pki.tsa(FROM, NOW.minusSeconds(1)), query);
    byte[] early = stamp(pki.tsa(NOW.plusSeconds(1), TO), query);

    assertThat(check(expired, query)).isInstanceOf(TokenResult.Untrusted.class);
    assertThat(check(early, query)).isInstanceOf(TokenResult.Untrusted.class);
  }

  @Test
  void trustsNoCertificateForOtherPurposes() {
    byte[] query = query(MESSAGE, 1);
    TestPki.Identity server = pki.leaf(FROM, TO, true, KeyPurposeId.id_kp_serverAuth);
    TestPki.Identity lax = pki.leaf(FROM, TO, false, KeyPurposeId.id_kp_timeStamping);

    // The library that the test's authority is made of refuses to stamp with such certificates.
    TokenResult byServer = check(Forgery.stamp(pki, server, query, clock), query);
    TokenResult byLax = check(Forgery.stamp(pki, lax, query, clock), query);

    assertThat(byServer).isInstanceOf(TokenResult.Untrusted.class);
    assertThat(byLax).isInstanceOf(TokenResult.Untrusted.class);
  }

  @Test
  void wantsTheTsaPolicyThatIsNamed() {
    byte[] query = query(MESSAGE, 1);
    byte[] response = stamp(pki.tsa(FROM, TO), query);
    List<X509Certificate> roots = List.of(certificate(pki.root()));
    TimestampTrust same =
        new TimestampTrust(roots, List.of(), new ASN1ObjectIdentifier(TestTsa.POLICY));
    TimestampTrust other = new TimestampTrust(roots, List.of(), new ASN1ObjectIdentifier("1.2.3"));

    assertThat(new TokenCheck(same).check(response, query, MESSAGE))
        .isInstanceOf(TokenResult.Trusted.class);
    assertThat(new TokenCheck(other).check(response, query, MESSAGE))
        .isInstanceOf(TokenResult.Untrusted.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        CRLReason.unspecified,
        CRLReason.affiliationChanged,
        CRLReason.superseded,
        CRLReason.cessationOfOperation
      })
  void keepsWhatWasStampedBeforeAnHarmlessRevocation(int reason, @TempDir Path folder) {
    assertThat(checkRevoked(folder, NOW.plusSeconds(1), reason))
        .isInstanceOf(TokenResult.Trusted.class);
    assertThat(checkRevoked(folder, NOW.minusSeconds(1), reason))
        .isInstanceOf(TokenResult.Untrusted.class);
  }

  @Test
  void dropsEverythingByAKeyThatMayBeInOtherHands(@TempDir Path folder) {
    assertThat(checkRevoked(folder, NOW.plusSeconds(1), CRLReason.keyCompromise))
        .isInstanceOf(TokenResult.Untrusted.class);
    assertThat(checkRevoked(folder, NOW.plusSeconds(1), null))
        .isInstanceOf(TokenResult.Untrusted.class);
  }

  private TokenResult checkRevoked(Path folder, Instant when, Integer reason) {
    TestPki.Identity identity = pki.tsa(FROM, TO);
    byte[] query = query(MESSAGE, 1);
    byte[] response = stamp(identity, query);
    Path file = folder.resolve("crl.pem");
    try {
      Files.writeString(file, pki.crl(identity, when, reason));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    TimestampTrust trust =
        new TimestampTrust(List.of(certificate(pki.root())), TimestampTrust.crls(file), null);
    return new TokenCheck(trust).check(response, query, MESSAGE);
  }

  @RandomizedTest(iterations = 3)
  void trustsNoTokenOfWhichABitWasChanged(RandomGenerator random) {
    byte[] query = query(MESSAGE, 1);
    byte[] response = stamp(pki.tsa(FROM, TO), query);
    TokenResult whole = check(response, query);
    for (int i = 0; i < 60; i++) {
      byte[] changed = response.clone();
      int at = random.nextInt(changed.length);
      int mask = 1 << random.nextInt(8);
      changed[at] = (byte) (changed[at] ^ mask);

      TokenResult result = check(changed, query);

      // Certificates travel with the token unsigned: a change there may leave the token whole.
      if (result instanceof TokenResult.Trusted) {
        assertThat(result).as("bit %d of byte %d", mask, at).isEqualTo(whole);
      }
    }
  }

  @RandomizedTest(iterations = 3)
  void survivesBytesThatAreNoToken(RandomGenerator random) {
    byte[] query = query(MESSAGE, 1);
    byte[] response = stamp(pki.tsa(FROM, TO), query);
    for (int i = 0; i < 60; i++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      byte[] cut = java.util.Arrays.copyOf(response, random.nextInt(response.length));

      assertThat(check(noise, query)).isInstanceOf(TokenResult.Broken.class);
      assertThat(check(cut, query)).isInstanceOf(TokenResult.Broken.class);
    }
  }

  @Test
  void refusesWhatIsNestedWithoutEnd() {
    byte[] nested = new byte[200_000];
    for (int i = 0; i + 1 < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }

    assertThat(check(nested, query(MESSAGE, 1)))
        .isEqualTo(new TokenResult.Broken("too long or too deep"));
  }
}
