// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The contract, secrets and logins against a real Vault; skipped where no container engine is. */
@EnabledIf(
    value = "thereIsAContainerEngine",
    disabledReason = "no container engine: nothing is tested against Vault")
class VaultIT extends KeyVaultContract {

  private static VaultContainer container;
  private static int tests;

  @TempDir private Path folder;

  private VaultSettings settings;

  static boolean thereIsAContainerEngine() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void startVault() throws IOException {
    container = new VaultContainer();
    container.start();
  }

  @AfterAll
  static void stopVault() {
    if (container != null) {
      container.close();
    }
  }

  @BeforeEach
  void useAPrefixOfItsOwn() {
    settings = container.settings(folder).withPrefix("citywall-t" + tests++);
  }

  @Override
  KeyVault create(Clock clock) {
    return VaultKeyVault.open(settings, clock, new SecureRandom());
  }

  @Test
  void readsASecretThatAnAdministratorStored() {
    container.vault("kv", "put", "-mount=kv", settings.prefix() + "/proxy", "password=s3cret");

    SecretStore store = (SecretStore) open();

    assertThat(store.secret(settings.prefix() + "/proxy", "password").reveal()).isEqualTo("s3cret");
    assertFails(
        AuditErrorCode.SECRET_MISSING, () -> store.secret(settings.prefix() + "/proxy", "user"));
    assertFails(
        AuditErrorCode.SECRET_MISSING, () -> store.secret(settings.prefix() + "/none", "user"));
  }

  @Test
  void lendsADatabaseLoginAndTakesItBack() {
    SecretStore store = (SecretStore) open();
    LeasedLogin login = store.databaseLogin("readonly");
    String user = login.current().user();
    boolean lent = container.databaseKnows(user);

    login.close();

    assertThat(lent).isTrue();
    await().atMost(Duration.ofSeconds(30)).until(() -> !container.databaseKnows(user));
    assertFails(AuditErrorCode.SECRET_MISSING, () -> store.databaseLogin("absent"));
  }
}
