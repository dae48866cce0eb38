// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.postgres.PostgresAnalyser;

/** PostgreSQL's own grammar, where the Debian package libpg-query1504.0 is installed. */
final class PostgresLibrary {

  private PostgresLibrary() {}

  /** For {@code @EnabledIf}: without the library its suites are skipped, and CI fails. */
  static boolean isInstalled() {
    return PostgresAnalyser.installed().isPresent();
  }

  static StatementAnalyser analyser() {
    return PostgresAnalyser.installed().orElseThrow();
  }
}
