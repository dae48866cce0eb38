// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.citywall.audit.PlatformException;
import org.citywall.console.detection.Detection;
import org.citywall.correlation.Context;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.EngineStatistics;
import org.citywall.correlation.ResumePoint;
import org.citywall.correlation.RulePack;
import org.jspecify.annotations.Nullable;

/** Makes detection engines once the rules are compiled, and knows the one that runs. */
final class RunningEngine implements Detection.Maker {

  private final CompletableFuture<RulePack> rules;
  private final Context context;
  private volatile @Nullable DetectionEngine current;

  RunningEngine(CompletableFuture<RulePack> rules, Context context) {
    this.rules = rules;
    this.context = context;
  }

  /** A new engine; waits for the rules on the caller's thread. */
  @Override
  public Detection resume(ResumePoint point) {
    DetectionEngine engine = new DetectionEngine(compiled(), context, EngineOptions.DEFAULT, point);
    current = engine;
    return Detection.of(engine);
  }

  Optional<EngineStatistics> statistics() {
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
