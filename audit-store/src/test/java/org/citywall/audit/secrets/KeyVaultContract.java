// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every vault does, wherever it keeps its keys. */
abstract class KeyVaultContract {

  private static final byte[] MESSAGE = "size 7".getBytes(StandardCharsets.UTF_8);

  private final List<KeyVault> opened = new ArrayList<>();

  /** A new handle on the vault of this test, as after a restart. */
  abstract KeyVault create(Clock clock);

  @AfterEach
  void closeVaults() {
    opened.forEach(KeyVault::close);
  }

  final KeyVault open(Clock clock) {
    KeyVault vault = create(clock);
    opened.add(vault);
    return vault;
  }

  final KeyVault open() {
    return open(Clock.systemUTC());
  }

  @Test
  void keepsItsKeysAcrossRestarts() {
    SigningKey ed25519 = open().signingKey("checkpoint");
    SigningKey sm2 = open().sm2SigningKey("checkpoint");
    byte[] wrapped = open().keyWrapper("payload").wrap(MESSAGE);

    assertThat(open().signingKey("checkpoint").publicKey()).isEqualTo(ed25519.publicKey());
    assertThat(open().sm2SigningKey("checkpoint").publicKey()).isEqualTo(sm2.publicKey());
    assertThat(open().keyWrapper("payload").unwrap(wrapped)).isEqualTo(MESSAGE);
  }

  @Test
  void signsWithEd25519() {
    SigningKey key = open().signingKey("checkpoint");

    byte[] signature = key.sign(MESSAGE);

    assertThat(signature).hasSize(64);
    assertThat(verifiesEd25519(key.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(verifiesEd25519(key.publicKey(), new byte[] {1}, signature)).isFalse();
  }

  @Test
  void signsWithSm2() {
    SigningKey key = open().sm2SigningKey("checkpoint");

    byte[] signature = key.sign(MESSAGE);

    assertThat(signature).hasSize(64);
    assertThat(Sm2KeyInMemory.verifies(key.publicKey(), MESSAGE, signature)).isTrue();
    assertThat(Sm2KeyInMemory.verifies(key.publicKey(), new byte[] {1}, signature)).isFalse();
  }

  @Test
  void givesEachNameItsOwnKey() {
    KeyVault vault = open();

    assertThat(vault.signingKey("a").publicKey()).isNotEqualTo(vault.signingKey("b").publicKey());
    assertThat(vault.signingKey("a").publicKey())
        .isNotEqualTo(vault.signingKey("a-v2").publicKey());
    assertThat(vault.sm2SigningKey("a").publicKey())
        .isNotEqualTo(vault.sm2SigningKey("b").publicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a.v2", "a/b", "../a", "a b", "é"})
  void refusesWhatIsNoName(String name) {
    KeyVault vault = open();

    List<ThrowingCallable> calls =
        List.of(
            () -> vault.signingKey(name),
            () -> vault.sm2SigningKey(name),
            () -> vault.keyWrapper(name),
            () -> vault.rotate(KeyKind.SM2, name),
            () -> vault.serverIdentity(name, List.of()));

    assertThat(calls)
        .allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class));
  }

  @ParameterizedTest
  @EnumSource(names = {"ED25519", "SM2"})
  void signsWithTheOldAndTheNewKeyDuringAChange(KeyKind kind) {
    KeyVault vault = open();
    SigningKey old = vault.signingKeys(kind, "checkpoint").getLast();

    int version = vault.rotate(kind, "checkpoint");

    List<SigningKey> both = open().signingKeys(kind, "checkpoint");
    assertThat(version).isEqualTo(2);
    assertThat(both).extracting(SigningKey::version).containsExactly(1, 2);
    assertThat(both.getFirst().publicKey()).isEqualTo(old.publicKey());
    assertThat(both.getLast().publicKey()).isNotEqualTo(old.publicKey());
    assertThat(both)
        .allSatisfy(
            key ->
                assertThat(verifies(kind, key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue());
    assertThat(verifies(kind, old.publicKey(), MESSAGE, old.sign(MESSAGE))).isTrue();
  }

  @Test
  void givesTheNewestKeyAfterARotation() {
    KeyVault vault = open();
    vault.rotate(KeyKind.ED25519, "checkpoint");
    vault.rotate(KeyKind.ED25519, "checkpoint");
    vault.rotate(KeyKind.SM2, "checkpoint");

    assertThat(vault.signingKey("checkpoint").version()).isEqualTo(2);
    assertThat(vault.sm2SigningKey("checkpoint").version()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ED25519", "SM2"})
  void takesARetiredKeyFromThoseWhoHoldIt(KeyKind kind) {
    KeyVault vault = open();
    SigningKey old = vault.signingKeys(kind, "checkpoint").getLast();
    vault.rotate(kind, "checkpoint");

    vault.retireBefore(kind, "checkpoint", 2);

    assertFails(AuditErrorCode.KEY_RETIRED, () -> old.sign(MESSAGE));
    assertThat(vault.signingKeys(kind, "checkpoint"))
        .extracting(SigningKey::version)
        .containsExactly(2);
    assertThat(open().signingKeys(kind, "checkpoint"))
        .extracting(SigningKey::version)
        .containsExactly(2);
  }

  @ParameterizedTest
  @EnumSource
  void neverUsesTheNumberOfAVersionAgain(KeyKind kind) {
    KeyVault vault = open();
    vault.rotate(kind, "k");
    vault.rotate(kind, "k");
    vault.retireBefore(kind, "k", 2);

    assertThat(open().rotate(kind, "k")).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheNewestVersionWhateverIsRetired(KeyKind kind) {
    KeyVault vault = open();
    vault.rotate(kind, "k");

    vault.retireBefore(kind, "k", 1);

    assertFails(AuditErrorCode.KEY_MISSING, () -> vault.retireBefore(kind, "k", 2));
    assertFails(AuditErrorCode.KEY_MISSING, () -> vault.retireBefore(kind, "absent", 1));
    assertThat(open().rotate(kind, "k")).isEqualTo(2);
  }

  @RandomizedTest(iterations = 5)
  void wrapsADataKeySoThatOnlyItComesBack(RandomGenerator random) {
    KeyWrapper wrapper = open().keyWrapper("payload");
    byte[] dataKey = bytes(random, random.nextInt(1, KeyWrapper.MAX_DATA_KEY + 1));

    byte[] wrapped = wrapper.wrap(dataKey);

    assertThat(wrapper.unwrap(wrapped)).isEqualTo(dataKey);
    assertThat(wrapper.wrap(dataKey)).isNotEqualTo(wrapped);
  }

  @Test
  void refusesToWrapNothingAndTooMuch() {
    KeyWrapper wrapper = open().keyWrapper("payload");

    assertThatThrownBy(() -> wrapper.wrap(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> wrapper.wrap(new byte[KeyWrapper.MAX_DATA_KEY + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @RandomizedTest(iterations = 3)
  void refusesAWrappedKeyThatWasAltered(RandomGenerator random) {
    KeyWrapper wrapper = open().keyWrapper("payload");
    byte[] wrapped = wrapper.wrap(bytes(random, 32));

    for (int i = 0; i < 20; i++) {
      byte[] altered = wrapped.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] cut = Arrays.copyOf(wrapped, random.nextInt(wrapped.length));

      assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, () -> wrapper.unwrap(altered));
      assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, () -> wrapper.rewrap(altered));
      assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, () -> wrapper.unwrap(cut));
    }
    byte[] longer = Arrays.copyOf(wrapped, wrapped.length + 1);
    assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, () -> wrapper.unwrap(longer));
  }

  @Test
  void refusesAWrappedKeyOfAnotherName() {
    KeyVault vault = open();
    vault.keyWrapper("other");
    byte[] wrapped = vault.keyWrapper("payload").wrap(MESSAGE);

    assertFails(
        AuditErrorCode.WRAPPED_KEY_INVALID, () -> vault.keyWrapper("other").unwrap(wrapped));
  }

  @Test
  void unwrapsWhatAnOlderVersionWrappedUntilItIsRetired() {
    KeyVault vault = open();
    KeyWrapper wrapper = vault.keyWrapper("payload");
    byte[] old = wrapper.wrap(MESSAGE);
    vault.rotate(KeyKind.WRAPPING, "payload");

    byte[] again = wrapper.rewrap(old);
    byte[] unchanged = wrapper.rewrap(again);
    byte[] before = wrapper.unwrap(old);
    vault.retireBefore(KeyKind.WRAPPING, "payload", 2);

    assertThat(before).isEqualTo(MESSAGE);
    assertThat(again).isNotEqualTo(old);
    assertThat(unchanged).isEqualTo(again);
    assertThat(wrapper.unwrap(again)).isEqualTo(MESSAGE);
    assertFails(AuditErrorCode.KEY_RETIRED, () -> wrapper.unwrap(old));
    assertFails(AuditErrorCode.KEY_RETIRED, () -> open().keyWrapper("payload").unwrap(old));
  }

  @Test
  void makesOneKeyForManyWhoAskAtOnce() throws Exception {
    KeyVault vault = open();
    Callable<PublicKey> ask = () -> vault.sm2SigningKey("checkpoint").publicKey();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Set<PublicKey> keys =
          threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask)).stream()
              .map(Future::resultNow)
              .collect(Collectors.toSet());
      assertThat(keys).hasSize(1);
    }
  }

  @Test
  void keepsACertificateUntilItIsAboutToExpireOrTheHostsChange() {
    MutableClock clock = MutableClock.at("2026-03-01T00:00:00Z");
    TlsIdentity first = open(clock).serverIdentity("ingest", List.of());
    TlsIdentity same = open(clock).serverIdentity("ingest", List.of());
    TlsIdentity moved = open(clock).serverIdentity("ingest", List.of("10.0.0.7"));
    clock.advance(Duration.ofDays(380));
    TlsIdentity renewed = open(clock).serverIdentity("ingest", List.of("10.0.0.7"));

    assertThat(same.chain()).isEqualTo(first.chain());
    assertThat(moved.chain().getFirst()).isNotEqualTo(first.chain().getFirst());
    assertThat(renewed.chain().getFirst()).isNotEqualTo(moved.chain().getFirst());
    assertThat(renewed.authorityPem()).isEqualTo(first.authorityPem());
  }

  @Test
  void issuesCertificatesThatItsAuthoritySigned() {
    TlsIdentity identity = open().serverIdentity("syslog", List.of("logs.example"));

    assertThatCode(
            () -> identity.chain().getFirst().verify(identity.chain().getLast().getPublicKey()))
        .doesNotThrowAnyException();
  }

  static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static boolean verifies(KeyKind kind, PublicKey key, byte[] message, byte[] signature) {
    return kind == KeyKind.SM2
        ? Sm2KeyInMemory.verifies(key, message, signature)
        : verifiesEd25519(key, message, signature);
  }

  private static boolean verifiesEd25519(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
