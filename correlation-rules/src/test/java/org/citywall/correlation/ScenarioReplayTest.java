// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.RandomizedTest;

/** Whatever happens on the way: the same attacks are told, by the same entries. */
class ScenarioReplayTest {

  /** What an alert says, without the places of its entries in the log. */
  private record Told(
      String rule,
      String variant,
      String group,
      Instant from,
      Instant to,
      long total,
      SortedMap<String, String> figures) {

    static Told of(Alert alert) {
      return new Told(
          alert.ruleId(),
          alert.variant(),
          alert.groupKey(),
          alert.firstSeen(),
          alert.lastSeen(),
          alert.total(),
          new TreeMap<>(alert.parameters()));
    }
  }

  private record Arrival(LoggedEntry entry, long micros) {}

  @RandomizedTest(iterations = 2)
  void saysAfterCrashesWhatItWouldHaveSaidWithoutOne(RandomGenerator random) {
    for (ScenarioCases.Case each : attacks(random)) {
      List<LoggedEntry> entries = each.story().entries();
      List<AlertUpdate> undisturbed = each.story().updates(each.context());

      List<AlertUpdate> disturbed = new ArrayList<>();
      Map<String, String> kept = new HashMap<>();
      ResumePoint resume = ResumePoint.START;
      long from = 0;
      int end = 0;
      while (end < entries.size()) {
        end = Math.min(entries.size(), end + 1 + random.nextInt(1 + entries.size() / 3));
        try (var engine = engine(each, resume)) {
          disturbed.addAll(Story.feed(engine, entries.subList(Math.toIntExact(from), end)));
          for (LastingState piece : engine.takeLasting()) {
            if (piece.state() == null) {
              kept.remove(piece.key());
            } else {
              kept.put(piece.key(), piece.state());
            }
          }
          resume = new ResumePoint(end - 1, kept);
          from = engine.replayFrom();
        }
      }

      assertThat(disturbed).as(each.toString()).isEqualTo(undisturbed);
      assertThat(kept.keySet()).allMatch(key -> key.length() <= 64);
    }
  }

  @RandomizedTest(iterations = 2)
  void saysTheSameOfLateRepeatedAndDisorderedEvents(RandomGenerator random) {
    for (ScenarioCases.Case each : attacks(random)) {
      if (each.rule().equals(PublicDataWatches.CLOCK)) {
        continue; // it looks at the order of arrival
      }
      List<LoggedEntry> disordered = disorder(each.story().entries(), random);

      try (var engine = engine(each, ResumePoint.START)) {
        assertThat(told(Story.last(Story.feed(engine, disordered))))
            .as(each.toString())
            .isEqualTo(told(each.story().alerts(each.context())));
      }
    }
  }

  /** Some attacks: all of them would take too long each time. */
  private static List<ScenarioCases.Case> attacks(RandomGenerator random) {
    List<ScenarioCases.Case> attacks =
        new ArrayList<>(
            ScenarioCases.all().stream().filter(each -> !each.alerts().isEmpty()).toList());
    Collections.shuffle(attacks, random);
    return attacks.subList(0, Math.min(6, attacks.size()));
  }

  private static DetectionEngine engine(ScenarioCases.Case each, ResumePoint resume) {
    return new DetectionEngine(Story.RULES, each.context(), EngineOptions.DEFAULT, resume);
  }

  /** Events arrive up to two minutes late, some of them twice; ticks keep their time. */
  private static List<LoggedEntry> disorder(List<LoggedEntry> entries, RandomGenerator random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (LoggedEntry entry : entries) {
      long micros = entry.event().receivedMicros();
      boolean tick = entry.kind() == EntryKind.TICK;
      arrivals.add(new Arrival(entry, tick ? micros : micros + random.nextLong(115_000_000)));
      if (!tick && random.nextInt(5) == 0) {
        arrivals.add(new Arrival(entry, micros + random.nextLong(115_000_000)));
      }
    }
    arrivals.sort(Comparator.comparingLong(Arrival::micros));
    List<LoggedEntry> logged = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      logged.add(new LoggedEntry(logged.size(), arrival.entry().kind(), arrival.entry().event()));
    }
    return logged;
  }

  private static Set<Told> told(List<Alert> alerts) {
    return alerts.stream()
        .filter(alert -> PublicDataWatches.RULES.contains(alert.ruleId()))
        .map(Told::of)
        .collect(Collectors.toSet());
  }
}
