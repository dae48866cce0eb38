// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;

/**
 * Follows what collectors report about their sources. A silence that is too short when it is
 * reported becomes a signal when enough time has passed without a word. A silence lasts: all its
 * state is kept, and entries that are read again tell nothing new.
 */
final class SilenceDetector implements Detector {

  private static final String PREFIX = "silence/";

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
    Piece piece() {
      return new Piece(origin, leaf, reported, since, stepsTaken, touched());
    }
  }

  /** A silent source, as it is kept. */
  private record Piece(
      String origin, long leaf, long reported, long since, int stepsTaken, long touched) {

    Silent cell() {
      Silent cell = new Silent(origin, leaf, reported, since);
      cell.stepsTaken = stepsTaken;
      return cell;
    }
  }

  SilenceDetector(RuleMetadata rule, EngineOptions options, Map<String, String> lasting) {
    steps =
        new long[] {
          rule.duration("silence").toNanos() / 1000, rule.duration("long-silence").toNanos() / 1000
        };
    quiet = rule.quiet().toNanos() / 1000;
    cells = new KeyedState<>(options.maxKeys(), quiet);
    LastingPieces.read(lasting, PREFIX, Piece.class).stream()
        .sorted(Comparator.comparingLong(Piece::touched).thenComparingLong(Piece::leaf))
        .forEach(piece -> cells.restore(piece.origin(), piece.cell(), piece.touched()));
  }

  @Override
  public void observe(Observation o, ContextIndex context, Consumer<Signal> signals) {
    String origin = o.text(Field.GOV_ORIGIN_ID);
    if (origin.isEmpty() || o.again()) {
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
    signals.accept(signal(origin, duration, true, o.micros(), Evidence.of(o)));
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
      cell.change();
      Evidence evidence = new Evidence(Micros.toInstant(cell.reported), leaf, leaves, 0);
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
  public void forget(LongPredicate destroyed) {
    cells.removeIf(cell -> destroyed.test(cell.leaf));
  }

  @Override
  public void pieces(LastingPieces pieces) {
    cells.forEach((origin, cell) -> pieces.add(PREFIX + EventId.ofClient("origin", origin), cell));
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
