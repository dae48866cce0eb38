// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives watches the facts in the order of event time. A fact waits until the clock of ticks is one
 * lateness younger, so that nothing depends on the order of arrival within the lateness; one that
 * comes later than that goes with the next tick. What watches remember lasts; only facts that still
 * wait, or whose repetition is to be known, are read again after a restart.
 */
final class WatchDetector implements Detector {

  private static final int MOST_WAITING = 100_000;
  private static final int MOST_SEEN = 500_000;

  private record Waiting(Observation observation, Set<FactKind> kinds) {}

  private record Seen(long leaf, long clock) {}

  private static final Comparator<Waiting> BY_TIME =
      Comparator.<Waiting>comparingLong(w -> w.observation().micros())
          .thenComparingLong(w -> w.observation().fingerprint());

  private final long lateness;
  private final List<Watch> watches;
  private final Map<FactKind, List<Watch>> byKind = new EnumMap<>(FactKind.class);
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(BY_TIME);
  private final LinkedHashMap<Long, Seen> seen = new LinkedHashMap<>();
  private final long applied;
  private @Nullable ContextIndex context;
  private long clock;
  private long forgotten;
  private long hurried;
  private long duplicates;

  WatchDetector(List<Watch> watches, EngineOptions options, long appliedLeaf) {
    this.watches = List.copyOf(watches);
    applied = appliedLeaf;
    lateness = options.lateness().toNanos() / 1000;
    for (Watch watch : watches) {
      for (FactKind kind : watch.kinds()) {
        byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(watch);
      }
    }
  }

  @Override
  public void observe(Observation o, ContextIndex index, Consumer<Signal> signals) {
    context = index;
    Set<FactKind> kinds = FactKind.of(o.event());
    if (kinds.stream().noneMatch(byKind::containsKey)) {
      return;
    }
    // Where the last tick is long past, its clock would let the entry be forgotten with the next.
    long since = Math.max(o.clock(), o.event().receivedMicros());
    if (seen.putIfAbsent(o.fingerprint(), new Seen(o.leaf(), since)) != null) {
      duplicates++;
      return;
    }
    if (seen.size() > MOST_SEEN) {
      seen.pollFirstEntry();
      forgotten++;
    }
    clock = Math.max(clock, o.clock());
    waiting.add(new Waiting(o, kinds));
    if (waiting.size() > MOST_WAITING) {
      hurried++;
      release(waiting.remove(), o.leaf(), signals);
    }
  }

  @Override
  public void tick(long now, long leaf, Consumer<Signal> signals) {
    clock = now;
    while (!waiting.isEmpty() && waiting.element().observation().micros() <= now - lateness) {
      release(waiting.remove(), leaf, signals);
    }
    var oldestFirst = seen.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().clock() < now - 2 * lateness) {
      oldestFirst.remove();
    }
    watches.forEach(watch -> watch.expire(now));
  }

  // What was released before a restart is in the state that lasted.
  private void release(Waiting next, long trigger, Consumer<Signal> signals) {
    ContextIndex index = context;
    if (trigger <= applied || index == null) {
      return;
    }
    Fact fact = Fact.of(next.observation(), next.kinds(), clock, index);
    Crossings out = Crossings.sending(trigger, signals);
    for (Watch watch : watches) {
      if (watch.kinds().stream().anyMatch(fact::is)) {
        watch.see(fact, index, out);
      }
    }
  }

  @Override
  public void concluded(Finding finding, Consumer<Signal> signals) {
    for (Watch watch : watches) {
      if (watch instanceof TamperWatch tamper) {
        tamper.concluded(finding, signals);
      }
    }
  }

  @Override
  public long basis() {
    long first = Long.MAX_VALUE;
    for (Waiting each : waiting) {
      first = Math.min(first, each.observation().leaf());
    }
    for (Seen each : seen.values()) {
      first = Math.min(first, each.leaf());
    }
    return first;
  }

  @Override
  public void forget(LongPredicate destroyed) {
    watches.forEach(watch -> watch.forget(destroyed));
  }

  @Override
  public void pieces(LastingPieces pieces) {
    watches.forEach(watch -> watch.pieces(pieces));
  }

  @Override
  public int size() {
    return watches.stream().mapToInt(Watch::size).sum();
  }

  @Override
  public long evictions() {
    return forgotten + hurried + watches.stream().mapToLong(Watch::evictions).sum();
  }

  @Override
  public long late() {
    return duplicates;
  }
}
