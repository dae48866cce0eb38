// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.junit.jupiter.api.condition.EnabledIf;

/** 2,000 statements, 100,000 under {@code -Pdeep}. */
@EnabledIf("org.citywall.masking.sql.PostgresLibrary#isInstalled")
class PostgresRandomSqlTest extends RandomSqlContract {

  PostgresRandomSqlTest() {
    super(PostgresLibrary.analyser(), Boolean.getBoolean("tests.deep") ? 500 : 200);
  }
}
