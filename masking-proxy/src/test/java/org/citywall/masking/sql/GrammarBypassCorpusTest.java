// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Set;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;

class GrammarBypassCorpusTest extends BypassCorpusContract {

  /**
   * MERGE, CREATE TABLE AS, (row).*, operators of one's own and the like are not in its grammar.
   */
  private static final Set<String> STRICTER =
      Set.of(
          "A10", "D06", "D07", "D10", "OD34", "OF14", "OF16", "OP23", "HA01", "HA12", "HA31",
          "HA34", "HB03", "HB11", "HB16", "HB25", "HD02", "HF07", "HG27", "HG28", "HG29");

  GrammarBypassCorpusTest() {
    super(new GrammarAnalyser(), STRICTER);
  }
}
