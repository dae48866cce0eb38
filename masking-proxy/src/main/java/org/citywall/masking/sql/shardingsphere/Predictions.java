// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.Arrays;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.apache.shardingsphere.sql.parser.autogen.PostgreSQLStatementParser;

/**
 * What ANTLR learned of a grammar from the statements before. It never forgets by itself: in the
 * parser's own static memory, 2,000 unlike statements fill a gigabyte. Safe for use by several
 * threads.
 */
final class Predictions {

  /** States that are kept, of some kilobytes each. */
  private static final int MAX_STATES = 4_000;

  private DFA[] learned = {};
  private PredictionContextCache contexts = new PredictionContextCache();

  /** Gives the parser what was learned, or nothing where that became too much. */
  synchronized void use(PostgreSQLStatementParser parser) {
    int states = Arrays.stream(learned).mapToInt(dfa -> dfa.states.size()).sum();
    if (learned.length == 0 || states > MAX_STATES) {
      ATN grammar = parser.getATN();
      learned = new DFA[grammar.getNumberOfDecisions()];
      Arrays.setAll(learned, i -> new DFA(grammar.getDecisionState(i), i));
      contexts = new PredictionContextCache();
    }
    parser.setInterpreter(new StoppablePredictions(parser, learned, contexts));
  }
}
