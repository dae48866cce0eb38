// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Which vault a configuration chooses. */
public sealed interface KeyVaultChoice {

  /** Opens the vault; failures are those of {@link KeyVault}. */
  KeyVault open(Path dataDir, Map<String, String> environment, Clock clock, SecureRandom random);

  /** The key file of the data folder. */
  record InFile() implements KeyVaultChoice {
    @Override
    public KeyVault open(
        Path dataDir, Map<String, String> environment, Clock clock, SecureRandom random) {
      return FileKeyVault.open(dataDir, environment, clock, random);
    }
  }

  /** HashiCorp Vault or OpenBao. */
  record InVault(VaultSettings settings) implements KeyVaultChoice {
    @Override
    public KeyVault open(
        Path dataDir, Map<String, String> environment, Clock clock, SecureRandom random) {
      return VaultKeyVault.open(settings, clock, random);
    }
  }

  /** A crypto machine with a PKCS#11 library. */
  record InCryptoMachine(CryptoMachineSettings settings) implements KeyVaultChoice {
    @Override
    public KeyVault open(
        Path dataDir, Map<String, String> environment, Clock clock, SecureRandom random) {
      return CryptoMachineKeyVault.open(dataDir, settings, clock, random);
    }
  }

  /**
   * Reads the section of a configuration; an IllegalArgumentException says what is wrong with it.
   *
   * <ul>
   *   <li>empty, or {@code vault: file}
   *   <li>{@code vault: vault}, {@code address}, {@code authority}, {@code role-id}, {@code
   *       secret-id}; optional {@code prefix}, {@code app-role-mount}, {@code transit-mount},
   *       {@code kv-mount}, {@code database-mount}
   *   <li>{@code vault: crypto-machine}, {@code library}, {@code token}, {@code pin}; optional
   *       {@code prefix}
   * </ul>
   *
   * @param folder that relative file names are meant in
   */
  static KeyVaultChoice parse(Map<?, ?> section, Path folder) {
    return new KeyVaultSection(section, folder).choice();
  }
}
