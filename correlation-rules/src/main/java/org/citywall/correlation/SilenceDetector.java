// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;

/**
 * Follows what collectors report about their sources. A silence that is too short when it is
 * reported becomes a signal when enough time has passed without a word.
 */
final class SilenceDetector implements Detector {

  private final long quiet;
  private final long[] steps;
  private final KeyedState<Silent> cells;

  /** A source that is silent now. */
  private static final class Silent extends KeyedState.Cell {
    final String origin;
    final long leaf;
    final long reported;
    final long since;
    int stepsTaken;

    Silent(String origin, long leaf, long reported, long since) {
      this.origin = origin;
      this.leaf = leaf;
      this.reported = reported;
      this.since = since;
    }

    @Override
    long basis() {
      return leaf;
    }
  }

  SilenceDetector(RuleMetadata rule, EngineOptions options) {
    steps =
        new long[] {
          rule.duration("silence").toNanos() / 1000, rule.duration("long-silence").toNanos() / 1000
        };
    quiet = rule.quiet().toNanos() / 1000;
    cells = new KeyedState<>(options.maxKeys(), quiet);
  }

  @Override
  public void observe(Observation o, ContextIndex context, Consumer<Signal> signals) {
    String origin = o.text(Field.GOV_ORIGIN_ID);
    if (origin.isEmpty()) {
      return;
    }
    switch (o.text(Field.EVENT_ACTION)) {
      case "source-silent" -> silent(o, origin, signals);
      case "source-resumed" -> resumed(o, origin, signals);
      case "source-gap" -> gap(o, origin, signals);
      default -> {
        // Other reports about a source are no concern of detection.
      }
    }
  }

  // Each report stands for itself: what came before the last one may not be read again.
  private void silent(Observation o, String origin, Consumer<Signal> signals) {
    long since = o.micros() - o.event().number(Field.GOV_SILENCE_SECONDS, 0) * 1_000_000;
    cells.remove(origin);
    Silent cell = cells.touch(origin, o.clock(), k -> new Silent(k, o.leaf(), o.micros(), since));
    step(cell, o.micros(), o.leaf(), signals);
  }

  private void resumed(Observation o, String origin, Consumer<Signal> signals) {
    Silent cell = cells.find(origin, o.clock());
    cells.remove(origin);
    long seconds = o.event().number(Field.GOV_SILENCE_SECONDS, 0);
    long duration = Math.max(seconds * 1_000_000, cell == null ? 0 : o.micros() - cell.since);
    // A longer silence had its alert, which has closed; what was known of it is forgotten.
    if (duration < steps[0] || cell == null && duration >= quiet) {
      return;
    }
    Evidence evidence =
        cell == null
            ? Evidence.of(o)
            : new Evidence(o.at(), o.leaf(), cell.leaf, List.of(o.leaf()), 0);
    signals.accept(signal(origin, duration, true, o.micros(), evidence));
  }

  private void gap(Observation o, String origin, Consumer<Signal> signals) {
    signals.accept(
        new Signal.Gap(
            origin,
            "origin:" + origin,
            o.at(),
            Evidence.of(o),
            origin,
            o.event().number(Field.GOV_GAP_FROM, 0),
            o.event().number(Field.GOV_GAP_TO, 0)));
  }

  @Override
  public void tick(long clock, long leaf, Consumer<Signal> signals) {
    for (Silent cell : cells.cells()) {
      step(cell, clock, leaf, signals);
    }
    cells.expire(clock);
  }

  private void step(Silent cell, long micros, long leaf, Consumer<Signal> signals) {
    int reached = cell.stepsTaken;
    while (reached < steps.length && micros - cell.since >= steps[reached]) {
      reached++;
    }
    if (reached > cell.stepsTaken) {
      List<Long> leaves = cell.stepsTaken == 0 ? List.of(cell.leaf) : List.of();
      cell.stepsTaken = reached;
      Evidence evidence = new Evidence(Micros.toInstant(cell.reported), leaf, cell.leaf, leaves, 0);
      signals.accept(signal(cell.origin, micros - cell.since, false, micros, evidence));
    }
  }

  private static Signal signal(
      String origin, long micros, boolean ended, long at, Evidence evidence) {
    return new Signal.Silence(
        origin,
        "origin:" + origin,
        Micros.toInstant(at),
        evidence,
        origin,
        Duration.ofNanos(micros * 1000),
        ended);
  }

  @Override
  public long basis() {
    return cells.basis();
  }

  @Override
  public int size() {
    return cells.size();
  }

  @Override
  public long evictions() {
    return cells.evictions();
  }

  @Override
  public long late() {
    return 0;
  }
}
