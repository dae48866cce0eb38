// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The section of a configuration that chooses a vault.
 *
 * @param folder that relative file names are meant in
 */
record KeyVaultSection(Map<?, ?> values, Path folder) {

  private static final String PREFIX = "citywall";

  KeyVaultChoice choice() {
    return switch (text("vault", "file")) {
      case "file" -> file();
      case "vault" -> vault();
      case "crypto-machine" -> cryptoMachine();
      default -> throw new IllegalArgumentException("vault: file, vault or crypto-machine");
    };
  }

  private KeyVaultChoice file() {
    allow(Set.of("vault"));
    return new KeyVaultChoice.InFile();
  }

  private KeyVaultChoice vault() {
    allow(
        Set.of(
            "vault",
            "address",
            "authority",
            "role-id",
            "secret-id",
            "prefix",
            "app-role-mount",
            "transit-mount",
            "kv-mount",
            "database-mount"));
    VaultSettings.Mounts usual = VaultSettings.Mounts.DEFAULT;
    VaultSettings.Mounts mounts =
        new VaultSettings.Mounts(
            text("app-role-mount", usual.appRole()),
            text("transit-mount", usual.transit()),
            text("kv-mount", usual.kv()),
            text("database-mount", usual.database()));
    return new KeyVaultChoice.InVault(
        VaultSettings.of(
                URI.create(text("address")), file("authority"), text("role-id"), file("secret-id"))
            .withMounts(mounts)
            .withPrefix(text("prefix", PREFIX)));
  }

  private KeyVaultChoice cryptoMachine() {
    allow(Set.of("vault", "library", "token", "pin", "prefix"));
    return new KeyVaultChoice.InCryptoMachine(
        new CryptoMachineSettings(
            file("library"), text("token"), file("pin"), text("prefix", PREFIX)));
  }

  private void allow(Set<String> known) {
    for (Object key : values.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw new IllegalArgumentException("unknown key '" + key + "'");
      }
    }
  }

  private Path file(String key) {
    return folder.resolve(text(key)).normalize();
  }

  private String text(String key) {
    String value = text(key, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value;
  }

  private String text(String key, String absent) {
    Object value = values.get(key);
    return value == null ? absent : value.toString();
  }
}
