// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Set;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;

class GrammarBypassCorpusTest extends BypassCorpusContract {

  /** MERGE, CREATE TABLE AS, SELECT INTO, (row).* and the like are not in the grammar. */
  private static final Set<String> STRICTER =
      Set.of("A10", "D06", "D07", "D10", "E19", "OD34", "OE10", "OF14", "OF16", "OF26");

  GrammarBypassCorpusTest() {
    super(new GrammarAnalyser(), STRICTER);
  }
}
