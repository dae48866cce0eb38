// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract against {@link VaultStub}, which is not Vault. */
class VaultStubContractTest extends KeyVaultContract {

  @TempDir private Path folder;

  private VaultStub vault;

  @BeforeEach
  void startStub() {
    vault = VaultStub.start(Clock.systemUTC());
  }

  @AfterEach
  void stopStub() {
    closeVaults();
    vault.close();
  }

  @Override
  KeyVault create(Clock clock) {
    return VaultKeyVault.open(new VaultFiles(folder).settings(vault), clock, new SecureRandom());
  }
}
