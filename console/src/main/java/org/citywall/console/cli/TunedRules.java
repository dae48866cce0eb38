// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.correlation.Backtest;
import org.citywall.correlation.Context;
import org.citywall.correlation.ContextFile;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.Thresholds;
import org.jspecify.annotations.Nullable;

/** The rules of a data folder as its server has them in force, with other thresholds if wanted. */
final class TunedRules {

  private final RulePack pack = RulePack.builtIn();
  private final Thresholds site;
  private final Context context;

  /**
   * @param context file to be used instead of the folder's
   */
  TunedRules(DataFolder data, @Nullable Path context) {
    Path own = data.thresholds();
    this.site = Files.exists(own) ? Thresholds.read(own) : Thresholds.none();
    Path facts = context == null ? data.context() : context;
    this.context =
        context != null || Files.exists(facts) ? ContextFile.read(facts) : Context.empty();
  }

  /** Thresholds in force. */
  Thresholds site() {
    return site;
  }

  RulePack builtIn() {
    return pack;
  }

  Backtest.Rules ofSigma(SigmaSet sigma) {
    return Backtest.Rules.ofSigma(pack.with(site), sigma);
  }

  Backtest.Rules all(SigmaSet sigma) {
    return all(sigma, site);
  }

  Backtest.Rules all(SigmaSet sigma, Thresholds thresholds) {
    return of(pack.with(thresholds), sigma);
  }

  /** This pack, which has its thresholds. */
  Backtest.Rules of(RulePack tuned, SigmaSet sigma) {
    return new Backtest.Rules(tuned, context, sigma);
  }
}
