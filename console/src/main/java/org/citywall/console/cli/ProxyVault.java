// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.citywall.audit.secrets.SecretStore;
import org.citywall.audit.secrets.VaultKeyVault;
import org.citywall.masking.config.ProxyConfig;

/** The Vault that a {@code proxy.yaml} names, open for as long as its secrets are needed. */
final class ProxyVault implements AutoCloseable {

  private final Optional<VaultKeyVault> vault;

  private ProxyVault(Optional<VaultKeyVault> vault) {
    this.vault = vault;
  }

  /** Opens it, where the file names one; failures as of {@link VaultKeyVault#open}. */
  static ProxyVault open(Path config, Clock clock) {
    return new ProxyVault(
        ProxyConfig.vault(config)
            .map(settings -> VaultKeyVault.open(settings, clock, new SecureRandom())));
  }

  Optional<SecretStore> store() {
    return vault.map(opened -> opened);
  }

  @Override
  public void close() {
    vault.ifPresent(VaultKeyVault::close);
  }
}
