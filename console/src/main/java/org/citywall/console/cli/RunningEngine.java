// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.citywall.audit.PlatformException;
import org.citywall.console.detection.Detection;
import org.citywall.console.detection.EngineFacts;
import org.citywall.correlation.Context;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.EngineStatistics;
import org.citywall.correlation.ResumePoint;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;
import org.jspecify.annotations.Nullable;

/** Makes detection engines once the rules are compiled, and knows the one that runs. */
final class RunningEngine implements Detection.Maker, EngineFacts {

  private final CompletableFuture<RulePack> rules;
  private final CompletableFuture<SigmaSet> firstSigma;
  private final Context context;
  private @Nullable SigmaSet laterSigma;
  private volatile @Nullable DetectionEngine current;

  RunningEngine(
      CompletableFuture<RulePack> rules, CompletableFuture<SigmaSet> sigma, Context context) {
    this.rules = rules;
    this.firstSigma = sigma;
    this.context = context;
  }

  /** A new engine; waits for the rules on the caller's thread. */
  @Override
  public Detection resume(ResumePoint point) {
    RulePack pack = compiled();
    firstSigma.join();
    synchronized (this) {
      SigmaSet sigma = laterSigma == null ? firstSigma.join() : laterSigma;
      DetectionEngine engine =
          new DetectionEngine(pack, context, sigma, EngineOptions.DEFAULT, point);
      current = engine;
      return Detection.of(engine);
    }
  }

  /** Puts other Sigma rules in force, here and for every later engine. */
  synchronized void useSigma(SigmaSet sigma) {
    laterSigma = sigma;
    DetectionEngine engine = current;
    if (engine != null) {
      engine.useSigma(sigma);
    }
  }

  @Override
  public Optional<EngineStatistics> statistics() {
    DetectionEngine engine = current;
    return engine == null ? Optional.empty() : Optional.of(engine.statistics());
  }

  private RulePack compiled() {
    try {
      return rules.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof PlatformException known ? known : e;
    }
  }
}
