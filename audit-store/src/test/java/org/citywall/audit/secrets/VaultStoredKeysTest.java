// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.secrets.KeyVaultContract.assertFails;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored in the key-value engine, against {@link VaultStub}, which is not Vault. */
class VaultStoredKeysTest {

  private static final String SM2 = "citywall/keys/sm2-checkpoint";
  private static final byte[] MESSAGE = {1, 2, 3};

  @TempDir private Path folder;

  private VaultStub server;
  private VaultSettings settings;
  private VaultKeyVault vault;
  private VaultKeyVault otherProcess;

  @BeforeEach
  void connect() {
    server = VaultStub.start(Clock.systemUTC());
    settings = new VaultFiles(folder).settings(server);
    vault = VaultKeyVault.open(settings, Clock.systemUTC(), new SecureRandom());
    otherProcess = VaultKeyVault.open(settings, Clock.systemUTC(), new SecureRandom());
  }

  @AfterEach
  void stop() {
    vault.close();
    otherProcess.close();
    server.close();
  }

  @Test
  void storesAnSm2KeyWrappedOnly() {
    vault.sm2SigningKey("checkpoint");

    assertThat(server.kv.fields(SM2)).containsOnlyKeys("v1");
    VaultCiphertext stored =
        VaultCiphertext.stored(Base64.getDecoder().decode(server.kv.fields(SM2).get("v1")))
            .orElseThrow();
    assertThat(stored.version()).isEqualTo(1);
    assertThat(stored.bytes()).hasSizeGreaterThan(Sm2PrivateKey.SCALAR_BYTES);
  }

  @Test
  void takesTheKeyOfAProcessThatWasFaster() {
    List<PublicKey> faster = new ArrayList<>();
    server.kv.beforeNextWrite(
        () -> faster.add(otherProcess.sm2SigningKey("checkpoint").publicKey()));

    PublicKey key = vault.sm2SigningKey("checkpoint").publicKey();

    assertThat(faster).containsExactly(key);
  }

  @Test
  void takesTheAuthorityOfAProcessThatWasFaster() {
    List<String> faster = new ArrayList<>();
    server.kv.beforeNextWrite(
        () -> faster.add(otherProcess.serverIdentity("node-b", List.of()).authorityPem()));

    String authority = vault.serverIdentity("node-a", List.of()).authorityPem();

    assertThat(faster).containsExactly(authority);
  }

  @Test
  void addsItsVersionAfterThatOfAProcessThatWasFaster() {
    vault.sm2SigningKey("checkpoint");
    server.kv.beforeNextWrite(() -> otherProcess.rotate(KeyKind.SM2, "checkpoint"));

    int version = vault.rotate(KeyKind.SM2, "checkpoint");

    assertThat(version).isEqualTo(3);
    assertThat(server.kv.fields(SM2)).containsOnlyKeys("v1", "v2", "v3");
  }

  @Test
  void signsNoMoreWithWhatAnotherProcessRetired() {
    SigningKey old = vault.sm2SigningKey("checkpoint");
    otherProcess.rotate(KeyKind.SM2, "checkpoint");
    otherProcess.retireBefore(KeyKind.SM2, "checkpoint", 2);

    vault.signingKeys(KeyKind.SM2, "checkpoint");

    assertFails(AuditErrorCode.KEY_RETIRED, () -> old.sign(MESSAGE));
  }

  @Test
  void leavesNoRetiredKeyInTheHistoryOfTheSecret() {
    vault.sm2SigningKey("checkpoint");
    vault.rotate(KeyKind.SM2, "checkpoint");

    vault.retireBefore(KeyKind.SM2, "checkpoint", 2);

    assertThat(server.kv.fields(SM2)).containsOnlyKeys("v2");
    assertThat(server.kv.versionsNotDestroyed(SM2)).isEqualTo(1);
  }

  @Test
  void makesNoNewKeyInPlaceOfOneThatWasDeleted() {
    vault.sm2SigningKey("checkpoint");
    server.kv.softDelete(SM2);

    assertFails(AuditErrorCode.KEYS_UNREADABLE, () -> vault.sm2SigningKey("checkpoint"));
    assertFails(AuditErrorCode.KEYS_UNREADABLE, () -> vault.rotate(KeyKind.SM2, "checkpoint"));
  }

  @Test
  void opensNoKeyThatWasMovedToAnotherName() {
    vault.sm2SigningKey("a");
    server.kv.put(
        "citywall/keys/sm2-b", Map.of("v1", server.kv.fields("citywall/keys/sm2-a").get("v1")));

    assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, () -> vault.sm2SigningKey("b"));
  }

  @Test
  void opensNoOldKeyUnderANewNumber() {
    vault.sm2SigningKey("checkpoint");
    String first = server.kv.fields(SM2).get("v1");
    server.kv.put(SM2, Map.of("v1", first, "v2", first));

    assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, () -> vault.sm2SigningKey("checkpoint"));
  }

  @Test
  void wrapsWhatIsStoredAgainBeforeTheWrappingKeyIsRetired() {
    PublicKey key = vault.sm2SigningKey("checkpoint").publicKey();
    String authority = vault.serverIdentity("collector", List.of()).authorityPem();
    vault.rotate(KeyKind.WRAPPING, VaultStoredKeys.WRAPPED_BY);

    vault.retireBefore(KeyKind.WRAPPING, VaultStoredKeys.WRAPPED_BY, 2);

    assertThat(otherProcess.sm2SigningKey("checkpoint").publicKey()).isEqualTo(key);
    assertThat(otherProcess.serverIdentity("collector", List.of()).authorityPem())
        .isEqualTo(authority);
    assertThat(server.kv.versionsNotDestroyed(SM2)).isEqualTo(1);
  }
}
