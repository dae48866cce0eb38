// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVaultChoiceTest {

  private static final Path FOLDER = Path.of("/etc/citywall");

  private static final Map<String, String> VAULT =
      Map.of(
          "vault", "vault",
          "address", "https://vault.example:8200",
          "authority", "vault-ca.pem",
          "role-id", "role",
          "secret-id", "/run/secrets/secret-id");

  private static final Map<String, String> MACHINE =
      Map.of(
          "vault", "crypto-machine",
          "library", "/usr/lib/softhsm/libsofthsm2.so",
          "token", "city",
          "pin", "pin");

  @Test
  void choosesTheFileUnlessToldOtherwise() {
    assertThat(KeyVaultChoice.parse(Map.of(), FOLDER)).isEqualTo(new KeyVaultChoice.InFile());
    assertThat(KeyVaultChoice.parse(Map.of("vault", "file"), FOLDER))
        .isEqualTo(new KeyVaultChoice.InFile());
  }

  @Test
  void readsWhereVaultIs() {
    VaultSettings expected =
        VaultSettings.of(
            URI.create("https://vault.example:8200"),
            FOLDER.resolve("vault-ca.pem"),
            "role",
            Path.of("/run/secrets/secret-id"));

    assertThat(KeyVaultChoice.parse(VAULT, FOLDER)).isEqualTo(new KeyVaultChoice.InVault(expected));
  }

  @Test
  void readsMountsAndPrefix() {
    Map<String, String> section = new HashMap<>(VAULT);
    section.put("transit-mount", "city/transit");
    section.put("prefix", "district");

    assertThat(KeyVaultChoice.parse(section, FOLDER))
        .isInstanceOfSatisfying(
            KeyVaultChoice.InVault.class,
            choice -> {
              assertThat(choice.settings().mounts().transit()).isEqualTo("city/transit");
              assertThat(choice.settings().mounts().kv()).isEqualTo("kv");
              assertThat(choice.settings().prefix()).isEqualTo("district");
            });
  }

  @Test
  void readsWhereACryptoMachineIs() {
    assertThat(KeyVaultChoice.parse(MACHINE, FOLDER))
        .isEqualTo(
            new KeyVaultChoice.InCryptoMachine(
                CryptoMachineSettings.of(
                    Path.of("/usr/lib/softhsm/libsofthsm2.so"), "city", FOLDER.resolve("pin"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"address", "authority", "role-id", "secret-id"})
  void saysWhatIsMissingForVault(String key) {
    assertRefused(without(VAULT, key), key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"library", "token", "pin"})
  void saysWhatIsMissingForACryptoMachine(String key) {
    assertRefused(without(MACHINE, key), key);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused(Map.of("vault", "cloud"), "crypto-machine");
    assertRefused(Map.of("vault", "file", "pin", "1234"), "pin");
    Map<String, String> plain = new HashMap<>(VAULT);
    plain.put("address", "http://vault.example:8200");
    assertRefused(plain, "https");
  }

  private static Map<String, String> without(Map<String, String> section, String key) {
    Map<String, String> rest = new HashMap<>(section);
    rest.remove(key);
    return rest;
  }

  private static void assertRefused(Map<String, String> section, String said) {
    assertThatThrownBy(() -> KeyVaultChoice.parse(section, FOLDER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }
}
