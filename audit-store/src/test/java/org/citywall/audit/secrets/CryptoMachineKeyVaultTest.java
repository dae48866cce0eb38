// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.secrets.Cryptoki.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SoftHSM, which is a real PKCS#11 library and no hardware. */
@EnabledIf(value = "softHsmIsInstalled", disabledReason = "no SoftHSM on this machine")
class CryptoMachineKeyVaultTest extends KeyVaultContract {

  private static final byte[] MESSAGE = {1, 2, 3};
  private static int tests;

  @TempDir private Path folder;

  private CryptoMachineSettings settings;

  static boolean softHsmIsInstalled() {
    return SoftHsm.library().isPresent();
  }

  @BeforeAll
  static void makeToken() {
    SoftHsm.start();
  }

  @BeforeEach
  void useAPrefixOfItsOwn() throws Exception {
    settings = settings(SoftHsm.TOKEN, SoftHsm.PIN, "citywall-t" + tests++);
  }

  private CryptoMachineSettings settings(String token, String pin, String prefix) throws Exception {
    Path file = Files.writeString(folder.resolve("pin"), pin + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return new CryptoMachineSettings(SoftHsm.library().orElseThrow(), token, file, prefix);
  }

  @Override
  KeyVault create(Clock clock) {
    return CryptoMachineKeyVault.open(folder, settings, clock, new SecureRandom());
  }

  @Test
  void keepsNoSigningKeyAndNoPassphraseInTheFolder() throws Exception {
    KeyVault vault = open();
    vault.signingKey("checkpoint");
    vault.sm2SigningKey("checkpoint");

    Path keys = folder.resolve("keys");
    assertThat(keys.resolve("passphrase")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rwx------");
    assertFails(
        AuditErrorCode.KEYS_UNREADABLE,
        () -> FileKeyVault.open(folder, Map.of(), Clock.systemUTC(), new SecureRandom()));
  }

  @Test
  void opensTheKeyFileAfterTheKeyOfItsPassphraseWasRetired() {
    KeyVault vault = open();
    PublicKey sm2 = vault.sm2SigningKey("checkpoint").publicKey();
    vault.rotate(KeyKind.WRAPPING, CryptoMachineKeyVault.WRAPS_PASSPHRASE);

    vault.retireBefore(KeyKind.WRAPPING, CryptoMachineKeyVault.WRAPS_PASSPHRASE, 2);

    assertThat(open().sm2SigningKey("checkpoint").publicKey()).isEqualTo(sm2);
  }

  @Test
  void refusesAPassphraseThatWasAltered() throws Exception {
    open();
    Path wrapped = folder.resolve("keys/passphrase.wrapped");
    String text = Files.readString(wrapped);
    Files.writeString(
        wrapped, text.substring(0, 60) + (text.charAt(60) == 'A' ? 'B' : 'A') + text.substring(61));

    assertFails(AuditErrorCode.WRAPPED_KEY_INVALID, this::open);
  }

  @Test
  void refusesAKeyFileThatTheMachineDoesNotOpen() {
    FileKeyVault.open(folder, Map.of(), Clock.systemUTC(), new SecureRandom())
        .signingKey("checkpoint");

    assertFails(AuditErrorCode.KEYS_UNREADABLE, this::open);
  }

  @Test
  void refusesAPinThatOthersMayRead() throws Exception {
    Files.setPosixFilePermissions(settings.pin(), PosixFilePermissions.fromString("rw-r--r--"));

    assertFails(AuditErrorCode.KEYS_UNREADABLE, this::open);
  }

  @Test
  void saysThatThereIsNoSuchToken() throws Exception {
    settings = settings("absent", SoftHsm.PIN, "citywall");

    assertFails(AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, this::open);
  }

  @Test
  void saysThatThereIsNoSuchLibrary() {
    settings =
        new CryptoMachineSettings(
            folder.resolve("absent.so"), SoftHsm.TOKEN, settings.pin(), "citywall");

    assertFails(AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, this::open);
  }

  @Test
  void takesNoLibraryThatIsNoneOfPkcs11() {
    settings =
        new CryptoMachineSettings(Path.of("libc.so.6"), SoftHsm.TOKEN, settings.pin(), "citywall");

    assertFails(AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, this::open);
  }

  @Test
  void goesOnWithAllKeysWhenEverySessionWasLost() {
    KeyVault vault = open();
    SigningKey key = vault.signingKey("checkpoint");
    KeyWrapper wrapper = vault.keyWrapper("payload");
    byte[] wrapped = wrapper.wrap(MESSAGE);

    loseAllSessions();

    assertThat(wrapper.unwrap(wrapped)).isEqualTo(MESSAGE);
    assertThat(wrapper.unwrap(wrapper.wrap(MESSAGE))).isEqualTo(MESSAGE);
    assertThat(key.sign(MESSAGE)).hasSize(64);
    loseAllSessions();
    assertThat(vault.rotate(KeyKind.WRAPPING, "payload")).isEqualTo(2);
    loseAllSessions();
    assertThat(vault.rotate(KeyKind.ED25519, "checkpoint")).isEqualTo(2);
  }

  private void loseAllSessions() {
    Cryptoki cryptoki = Cryptoki.load(settings.library());
    try (CryptokiSession session =
        CryptokiSession.open(cryptoki, SoftHsm.TOKEN, Sensitive.of(SoftHsm.PIN.toCharArray()))) {
      session.work(
          "losing all sessions",
          calls -> {
            cryptoki.call(Function.CLOSE_ALL_SESSIONS, session.slot());
            return true;
          });
    }
  }

  @Test
  void givesOutNoPrivateKey() {
    try (CryptokiSession session =
        CryptokiSession.open(
            Cryptoki.load(settings.library()),
            SoftHsm.TOKEN,
            Sensitive.of(SoftHsm.PIN.toCharArray()))) {
      new CryptokiKeys(session).generate("secret");
      long privateKey = 3;
      long value = 0x11;

      assertThatThrownBy(
              () ->
                  session.work(
                      "reading the private key",
                      calls ->
                          calls.attribute(
                              calls
                                  .find(
                                      new CryptokiAttributes()
                                          .with(CryptokiAttributes.CLASS, privateKey)
                                          .with(CryptokiAttributes.LABEL, "secret"))
                                  .getFirst(),
                              value)))
          .hasMessageContaining("C_GET_ATTRIBUTE_VALUE returned 0x00000011");
      new CryptokiKeys(session).destroy("secret");
    }
  }
}
