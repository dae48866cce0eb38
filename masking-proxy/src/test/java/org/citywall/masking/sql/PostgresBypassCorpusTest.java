// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
class PostgresBypassCorpusTest extends BypassCorpusContract {

  PostgresBypassCorpusTest() {
    super(PostgresLibrary.analyser(), Set.of());
  }
}
