// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citywall.audit.secrets.KeyVaultContract.assertFails;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins of the database engine, against {@link VaultStub}, which is not Vault. */
class VaultLoginTest {

  private static final String LEND = "GET database/creds/readonly";

  private final MutableClock clock = MutableClock.at("2026-03-01T00:00:00Z");

  @TempDir private Path folder;

  private VaultStub server;
  private VaultKeyVault vault;

  @BeforeEach
  void connect() {
    server = VaultStub.start(clock);
    VaultSettings settings = new VaultFiles(folder).settings(server);
    vault =
        VaultKeyVault.open(
            settings, new VaultTransport(settings, List.of()), clock, new SecureRandom());
  }

  @AfterEach
  void stop() {
    vault.close();
    server.close();
  }

  @Test
  void lendsALoginThatIsInTheDatabase() {
    DatabaseLogin login = vault.databaseLogin("readonly").current();

    assertThat(server.database.users()).containsExactly(login.user());
    assertThat(server.database.passwords()).containsExactly(login.password().reveal());
    assertThat(login.validUntil()).isEqualTo(clock.instant().plus(StubDatabase.TTL));
    assertThat(login.toString()).doesNotContain(login.password().reveal());
  }

  @Test
  void keepsTheLoginByRenewingItBeforeItRunsOut() {
    LeasedLogin login = vault.databaseLogin("readonly");
    DatabaseLogin first = login.current();

    advance(StubDatabase.TTL.plusMinutes(5));

    assertThat(login.current().user()).isEqualTo(first.user());
    assertThat(login.current().validUntil()).isAfter(first.validUntil());
    assertThat(server.count(LEND)).isEqualTo(1);
  }

  @Test
  void takesAnotherLoginBeforeTheFirstReachesItsGreatestAge() {
    LeasedLogin login = vault.databaseLogin("readonly");
    String first = login.current().user();

    advance(StubDatabase.MAX_TTL.minusMinutes(2));

    assertThat(login.current().user()).isNotEqualTo(first);
    assertThat(server.database.users()).contains(login.current().user());
  }

  @Test
  void takesAnotherLoginWhenTheTokenThatLentItIsReplaced() {
    LeasedLogin login = vault.databaseLogin("readonly");
    String first = login.current().user();
    server.tokens.revokeAll();
    vault.signingKey("checkpoint");

    vault.renewDue();

    assertThat(login.current().user()).isNotEqualTo(first);
  }

  @Test
  void takesAnotherLoginWhenItsOwnRanOutUnnoticed() {
    LeasedLogin login = vault.databaseLogin("readonly");
    String first = login.current().user();
    clock.advance(StubDatabase.TTL);

    assertThat(login.current().user()).isNotEqualTo(first);
  }

  @Test
  void keepsALoginWhileVaultIsAwayAndNoLonger() {
    LeasedLogin login = vault.databaseLogin("readonly");
    String first = login.current().user();
    server.seal(true);

    clock.advance(StubDatabase.TTL.minusSeconds(1));
    vault.renewDue();
    String kept = login.current().user();
    clock.advance(Duration.ofSeconds(1));

    assertThat(kept).isEqualTo(first);
    assertFails(AuditErrorCode.VAULT_UNAVAILABLE, login::current);
  }

  @Test
  void givesEveryLoginBackWhenItIsClosed() {
    LeasedLogin login = vault.databaseLogin("readonly");
    server.tokens.revokeAll();
    vault.signingKey("checkpoint");
    vault.renewDue();
    int lent = server.database.users().size();

    login.close();

    assertThat(lent).isEqualTo(2);
    assertThat(server.database.users()).isEmpty();
    assertThatThrownBy(login::current).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void givesEveryLoginBackWithTheVault() {
    vault.databaseLogin("readonly");

    vault.close();

    assertThat(server.database.users()).isEmpty();
  }

  @Test
  void saysThatVaultKnowsNoSuchRole() {
    assertFails(AuditErrorCode.SECRET_MISSING, () -> vault.databaseLogin("absent"));
  }

  /** Lets the time pass as it does while the server runs. */
  private void advance(Duration duration) {
    for (long minute = 0; minute < duration.toMinutes(); minute++) {
      clock.advance(Duration.ofMinutes(1));
      vault.renewDue();
    }
  }
}
