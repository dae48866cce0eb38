// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** The files that settings of Vault name, in a folder. */
record VaultFiles(Path folder) {

  VaultSettings settings(VaultStub vault) {
    write("authority.pem", vault.authorityPem());
    writeSecretId(vault.tokens.secretId());
    return VaultSettings.of(
            vault.address(),
            folder.resolve("authority.pem"),
            StubTokens.ROLE_ID,
            folder.resolve("secret-id"))
        .withTimeout(Duration.ofSeconds(20));
  }

  void writeSecretId(String secretId) {
    Path file = write("secret-id", secretId + "\n");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
