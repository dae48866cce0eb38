// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.generate.Truth;
import org.citywall.correlation.AlertId;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.Context;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.EngineOptions;
import org.citywall.correlation.EngineStatistics;
import org.citywall.correlation.ResumePoint;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;
import org.jspecify.annotations.Nullable;

/** Feeds events to the engine that a server runs, with a tick each minute, and keeps its alerts. */
final class EngineRun implements AutoCloseable {

  private static final long MINUTE = 60_000_000;
  private static final String TICKER = "citywall/tick";

  private final DetectionEngine engine;
  private final RuleScenarios scenarios;
  private final Map<EventId, List<String>> staged = new HashMap<>();
  private final Map<EventId, Instant> decisive = new HashMap<>();
  private final Map<Long, List<String>> stagedLeaves = new HashMap<>();
  private final Map<AlertId, RaisedAlert> alerts = new LinkedHashMap<>();
  private long leaf;
  private long nextTick = Long.MIN_VALUE;
  private long ticks;
  private @Nullable Event first;
  private @Nullable Event last;

  EngineRun(RulePack pack, SigmaSet set, Context context, List<Truth> truth) {
    engine = new DetectionEngine(pack, context, set, EngineOptions.DEFAULT, ResumePoint.START);
    scenarios = new RuleScenarios(pack, set);
    for (Truth each : truth) {
      for (EventId event : each.events()) {
        staged.computeIfAbsent(event, id -> new ArrayList<>(1)).add(each.instance());
      }
      decisive.put(each.decisive(), Instant.EPOCH);
    }
  }

  void accept(Event event) {
    tickUntil(event.receivedMicros());
    if (first == null) {
      first = event;
    }
    last = event;
    List<String> instances = staged.get(event.id());
    if (instances != null) {
      stagedLeaves.put(leaf, instances);
      decisive.computeIfPresent(event.id(), (id, none) -> event.received());
    }
    feed(new LoggedEntry(leaf++, EntryKind.EVENT, event));
  }

  private void tickUntil(long received) {
    if (nextTick == Long.MIN_VALUE) {
      nextTick = received - Math.floorMod(received, MINUTE) + MINUTE;
    }
    for (; nextTick <= received; nextTick += MINUTE) {
      Instant now = Micros.toInstant(nextTick);
      SourcePosition position = new SourcePosition(TICKER, 0, ++ticks);
      feed(new LoggedEntry(leaf++, EntryKind.TICK, Event.builder(position, now, now).build()));
    }
  }

  private void feed(LoggedEntry entry) {
    Instant now = entry.event().received();
    for (AlertUpdate update : engine.accept(entry)) {
      RaisedAlert alert =
          alerts.computeIfAbsent(
              update.alert().id(),
              id ->
                  new RaisedAlert(
                      scenarios.rule(update.alert()),
                      scenarios.scenario(update.alert()),
                      now,
                      update.alert()));
      alert.update(update.alert());
      update.added().forEach(added -> alert.entry(added, stagedLeaves.get(added), now));
    }
  }

  List<RaisedAlert> alerts() {
    return List.copyOf(alerts.values());
  }

  /** When the event arrived with which the instance satisfied its definition. */
  Instant decided(Truth truth) {
    return decisive.getOrDefault(truth.decisive(), truth.to());
  }

  /** Events that were fed, without ticks. */
  long events() {
    return leaf - ticks;
  }

  @Nullable Event first() {
    return first;
  }

  @Nullable Event last() {
    return last;
  }

  EngineStatistics statistics() {
    return engine.statistics();
  }

  @Override
  public void close() {
    engine.close();
  }
}
