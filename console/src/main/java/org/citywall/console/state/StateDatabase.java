// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.nio.file.Path;
import org.citywall.audit.secrets.Sensitive;

/** Where the console keeps its state. */
public sealed interface StateDatabase {

  /** An H2 file database in this folder. */
  record Embedded(Path folder) implements StateDatabase {}

  /** A PostgreSQL database, for example {@code jdbc:postgresql://127.0.0.1:5432/citywall}. */
  record PostgreSql(String url, String user, Sensitive<String> password) implements StateDatabase {}
}
