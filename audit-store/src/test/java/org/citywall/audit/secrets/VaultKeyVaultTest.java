// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citywall.audit.secrets.KeyVaultContract.assertFails;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.secrets.VaultStub.Reply;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How we deal with a Vault in trouble, against {@link VaultStub}, which is not Vault. */
class VaultKeyVaultTest {

  private static final String LOG_IN = "POST auth/approle/login";
  private static final String RENEW = "POST auth/token/renew-self";
  private static final byte[] MESSAGE = {1, 2, 3};

  private final MutableClock clock = MutableClock.at("2026-03-01T00:00:00Z");

  @TempDir private Path folder;

  private VaultStub server;
  private VaultFiles files;
  private VaultSettings settings;
  private VaultKeyVault vault;

  @BeforeEach
  void connect() {
    server = VaultStub.start(clock);
    files = new VaultFiles(folder);
    settings = files.settings(server);
    vault = open();
  }

  @AfterEach
  void stop() {
    vault.close();
    server.close();
  }

  private VaultKeyVault open() {
    List<Duration> noPauses = List.of(Duration.ZERO, Duration.ZERO);
    return VaultKeyVault.open(
        settings, new VaultTransport(settings, noPauses), clock, new SecureRandom());
  }

  @Test
  void renewsItsTokenBeforeItRunsOut() {
    clock.advance(StubTokens.TTL.multipliedBy(2).dividedBy(3).minusSeconds(1));
    vault.renewDue();
    long before = server.count(RENEW);
    clock.advance(Duration.ofSeconds(1));
    vault.renewDue();

    assertThat(before).isZero();
    assertThat(server.count(RENEW)).isEqualTo(1);
    assertThat(server.count(LOG_IN)).isEqualTo(1);
  }

  @Test
  void keepsWorkingBeyondTheGreatestAgeOfAToken() {
    SigningKey key = vault.signingKey("checkpoint");
    for (int minute = 0; minute < StubTokens.MAX_TTL.toMinutes() * 2; minute++) {
      clock.advance(Duration.ofMinutes(1));
      vault.renewDue();
      key.sign(MESSAGE);
    }

    assertThat(server.count("GET auth/token/lookup-self")).isEqualTo(1); // of the start
    assertThat(server.count(LOG_IN)).isBetween(2L, 4L);
  }

  @Test
  void logsInAnewWhenItsTokenRanOut() {
    SigningKey key = vault.signingKey("checkpoint");
    clock.advance(StubTokens.MAX_TTL);

    assertThat(key.sign(MESSAGE)).hasSize(64);
    assertThat(server.count(LOG_IN)).isEqualTo(2);
  }

  @Test
  void logsInAnewWhenItsTokenWasRevoked() {
    SigningKey key = vault.signingKey("checkpoint");
    server.tokens.revokeAll();

    assertThat(key.sign(MESSAGE)).hasSize(64);
    assertThat(server.count(LOG_IN)).isEqualTo(2);
  }

  @Test
  void doesNotLogInAnewForWhatItsPolicyForbids() {
    SigningKey key = vault.signingKey("checkpoint");
    server.tokens.forbid("transit/sign/citywall-sign-checkpoint");

    assertFails(AuditErrorCode.VAULT_REFUSED, () -> key.sign(MESSAGE));
    assertThat(server.count(LOG_IN)).isEqualTo(1);
  }

  @Test
  void readsTheSecretIdAtEachLogIn() {
    server.tokens.changeSecretId();
    server.tokens.revokeAll();
    assertFails(AuditErrorCode.VAULT_REFUSED, () -> vault.signingKey("checkpoint"));

    files.writeSecretId(server.tokens.secretId());

    assertThat(vault.signingKey("checkpoint").sign(MESSAGE)).hasSize(64);
  }

  @Test
  void refusesASecretIdThatOthersMayRead() throws Exception {
    Files.setPosixFilePermissions(
        settings.secretId(), PosixFilePermissions.fromString("rw-r-----"));

    assertFails(AuditErrorCode.KEYS_UNREADABLE, this::open);
  }

  @Test
  void saysAtTheStartThatTheSecretIdIsWrong() {
    files.writeSecretId("guessed");

    assertFails(AuditErrorCode.VAULT_REFUSED, this::open);
  }

  @Test
  void trustsTheAuthorityOfItsSettingsAlone() {
    files.write("authority.pem", VaultStub.identity().authorityPem());

    assertFails(AuditErrorCode.VAULT_UNAVAILABLE, this::open);
  }

  @Test
  void refusesAnAuthorityFileWithoutACertificate() {
    files.write("authority.pem", "");

    assertFails(AuditErrorCode.KEYS_UNREADABLE, this::open);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8200", "https:/vault", "vault:8200"})
  void speaksHttpsOnly(String address) {
    assertThatThrownBy(
            () ->
                VaultSettings.of(
                    URI.create(address), folder, StubTokens.ROLE_ID, settings.secretId()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatVaultIsSealedAndGoesOnWhenItIsNot() {
    SigningKey key = vault.signingKey("checkpoint");
    server.seal(true);
    assertFails(AuditErrorCode.VAULT_UNAVAILABLE, () -> key.sign(MESSAGE));

    server.seal(false);

    assertThat(key.sign(MESSAGE)).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void repeatsASignatureWhenVaultIsInTrouble(int status) {
    SigningKey key = vault.signingKey("checkpoint");
    server.answerNext(Reply.error(status, "try later"), Reply.error(status, "try later"));

    assertThat(key.sign(MESSAGE)).hasSize(64);
    assertThat(server.count("POST transit/sign/citywall-sign-checkpoint")).isEqualTo(3);
  }

  @Test
  void givesUpAfterThreeAttempts() {
    SigningKey key = vault.signingKey("checkpoint");
    Reply limited = Reply.error(429, "rate limit quota exceeded");
    server.answerNext(limited, limited, limited);

    assertFails(AuditErrorCode.VAULT_UNAVAILABLE, () -> key.sign(MESSAGE));
    assertThat(key.sign(MESSAGE)).hasSize(64);
  }

  @Test
  void doesNotRepeatARotationOfWhichItDoesNotKnowTheEnd() {
    vault.signingKey("checkpoint");
    // the first request asks whether the key is there
    server.answerNext(new Reply(200, "{\"data\":{}}"), Reply.error(500, "internal error"));

    assertFails(
        AuditErrorCode.VAULT_UNAVAILABLE, () -> vault.rotate(KeyKind.ED25519, "checkpoint"));
    assertThat(server.count("POST transit/keys/citywall-sign-checkpoint/rotate")).isEqualTo(1);
  }

  @Test
  void doesNotWaitForeverForAnAnswer() {
    settings = settings.withTimeout(Duration.ofSeconds(1));
    try (VaultKeyVault impatient =
        VaultKeyVault.open(
            settings, new VaultTransport(settings, List.of()), clock, new SecureRandom())) {
      server.fallSilent();

      assertFails(AuditErrorCode.VAULT_UNAVAILABLE, () -> impatient.signingKey("checkpoint"));
      server.speakAgain();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>gateway</html>", "[]", "{", "\"text\""})
  void takesNoAnswerThatIsNotVaults(String body) {
    SigningKey key = vault.signingKey("checkpoint");
    Reply strange = new Reply(200, body);
    server.answerNext(strange, strange, strange);

    assertThatThrownBy(() -> key.sign(MESSAGE)).hasMessageMatching("(?s)AUD-004[45] .*");
  }

  @Test
  void noticesThatAKeyWasReplacedInVault() {
    SigningKey key = vault.signingKey("checkpoint");
    server.transit.replace("citywall-sign-checkpoint");

    assertFails(AuditErrorCode.KEY_REPLACED, () -> key.sign(MESSAGE));
  }

  @Test
  void givesItsTokenBack() {
    vault.close();

    assertThat(server.tokens.known()).isEmpty();
  }

  @Test
  void readsSecretsBelowTheMount() {
    server.kv.put("citywall/proxy", Map.of("password", "s3cret", "empty", ""));

    assertThat(vault.secret("citywall/proxy", "password").reveal()).isEqualTo("s3cret");
    assertFails(AuditErrorCode.SECRET_MISSING, () -> vault.secret("citywall/proxy", "user"));
    assertFails(AuditErrorCode.SECRET_MISSING, () -> vault.secret("citywall/proxy", "empty"));
    assertFails(AuditErrorCode.SECRET_MISSING, () -> vault.secret("citywall/absent", "password"));
  }

  @Test
  void readsNoSecretThatWasDeleted() {
    server.kv.put("citywall/proxy", Map.of("password", "s3cret"));
    server.kv.softDelete("citywall/proxy");

    assertFails(AuditErrorCode.SECRET_MISSING, () -> vault.secret("citywall/proxy", "password"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a//b", "../sys", "a/../b", "a?list=true", "a b", "a%2fb"})
  void asksForNoPathThatCouldMeanAnother(String path) {
    int before = server.requests().size();

    assertFails(AuditErrorCode.SECRET_REFERENCE_INVALID, () -> vault.secret(path, "password"));
    assertFails(AuditErrorCode.SECRET_REFERENCE_INVALID, () -> vault.databaseLogin(path));
    assertThat(server.requests()).hasSize(before);
  }
}
