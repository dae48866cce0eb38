// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.Set;
import java.util.concurrent.CancellationException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;

/**
 * Predictions that end when their thread is interrupted, so that a statement that takes too long
 * does not hold its thread to the end.
 */
final class StoppablePredictions extends ParserATNSimulator {

  StoppablePredictions(Parser parser, DFA[] learned, PredictionContextCache contexts) {
    super(parser, parser.getATN(), learned, contexts);
  }

  @Override
  protected void closureCheckingStopState(
      ATNConfig config,
      ATNConfigSet configs,
      Set<ATNConfig> closureBusy,
      boolean collectPredicates,
      boolean fullCtx,
      int depth,
      boolean treatEofAsEpsilon) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException();
    }
    super.closureCheckingStopState(
        config, configs, closureBusy, collectPredicates, fullCtx, depth, treatEofAsEpsilon);
  }
}
