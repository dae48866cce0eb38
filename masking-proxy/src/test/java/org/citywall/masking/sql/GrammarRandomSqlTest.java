// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;

class GrammarRandomSqlTest extends RandomSqlContract {

  GrammarRandomSqlTest() {
    super(new GrammarAnalyser(), 30);
  }
}
