// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.detection.Detection;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.Context;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.EngineStatistics;
import org.citywall.correlation.RulePack;
import org.jspecify.annotations.Nullable;

/** Makes detection engines once the rules are compiled, and knows the one that runs. */
final class RunningEngine implements Supplier<Detection> {

  private final CompletableFuture<RulePack> rules;
  private final Context context;
  private volatile @Nullable DetectionEngine current;

  RunningEngine(CompletableFuture<RulePack> rules, Context context) {
    this.rules = rules;
    this.context = context;
  }

  /** A new engine; waits for the rules on the caller's thread. */
  @Override
  public Detection get() {
    DetectionEngine engine = new DetectionEngine(compiled(), context, EngineOptions.DEFAULT);
    current = engine;
    return new EngineDetection(engine);
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

  private record EngineDetection(DetectionEngine engine) implements Detection {

    @Override
    public List<AlertUpdate> accept(LoggedEntry entry) {
      return engine.accept(entry);
    }

    @Override
    public long replayFrom() {
      return engine.replayFrom();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
