// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.secrets.SecretReferences;

/** The database of the corpus by its superuser. */
public final class AdminBackend {

  private AdminBackend() {}

  public static Backend of(int port) {
    SecretReferences references =
        new SecretReferences(Path.of("x"), Map.of("ADMIN", "postgres"), Optional.empty());
    return new Backend(
        Backend.Dialect.POSTGRESQL,
        "127.0.0.1",
        port,
        "demo",
        "postgres",
        new BackendSecret.Password(ConfiguredSecret.of("${env:ADMIN}", references)),
        Backend.Tls.OFF);
  }
}
