// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.correlation.SigmaSet.Level;
import org.junit.jupiter.api.Test;

class SigmaRecoveryTest {

  private static final SigmaSet RULES = SigmaTexts.set(SigmaTexts.ACCESS, Level.LOW);
  private static final Context NOBODY = Context.builder("nobody").build();

  /** What is stored when the engine stops. */
  private record Stop(ResumePoint resume, long replayFrom) {}

  @RandomizedTest(iterations = 8)
  void saysAfterManyCrashesWhatItWouldHaveSaidWithoutOne(RandomGenerator random) {
    List<LoggedEntry> entries = story(random, 1200, false);
    List<AlertUpdate> undisturbed;
    try (var engine = engine(ResumePoint.START)) {
      undisturbed = Story.feed(engine, entries);
    }

    List<AlertUpdate> disturbed = new ArrayList<>();
    Map<String, String> kept = new HashMap<>();
    Stop stop = new Stop(ResumePoint.START, 0);
    int end = 0;
    while (end < entries.size()) {
      end = Math.min(entries.size(), end + 1 + random.nextInt(150));
      // What lies between the last word stored and the kill is done again by the next engine.
      int killed = Math.min(entries.size(), end + random.nextInt(30));
      try (var engine = engine(stop.resume())) {
        disturbed.addAll(feed(engine, entries, stop.replayFrom(), end));
        stop = stop(engine, kept, end - 1);
        feed(engine, entries, end, killed);
      }
    }

    assertThat(disturbed).isEqualTo(undisturbed);
    assertThat(rules(undisturbed)).contains("tool", "many", "tables", "rows", "chain");
  }

  @RandomizedTest(iterations = 8)
  void readsAgainMinutesHoweverLongTheWindowsAre(RandomGenerator random) {
    List<LoggedEntry> entries = story(random, 1200, true);
    Duration longest = Duration.ZERO;
    Duration apart = Duration.ZERO;
    Instant tick = entries.getFirst().event().received();
    try (var engine = sigmaOnly(ResumePoint.START)) {
      for (LoggedEntry entry : entries) {
        Instant now = entry.event().received();
        Duration since = Duration.between(tick, now);
        apart = since.compareTo(apart) > 0 ? since : apart;
        tick = entry.kind() == EntryKind.TICK ? now : tick;
        engine.accept(entry);
        LoggedEntry first =
            entries.get(Math.toIntExact(Math.min(entry.leaf(), engine.replayFrom())));
        Duration back = Duration.between(first.event().received(), entry.event().received());
        longest = back.compareTo(longest) > 0 ? back : longest;
      }
    }

    // Twice the lateness and the skew; time is told by ticks, and read from the one before.
    assertThat(longest).isLessThan(Duration.ofMinutes(6).plus(apart.multipliedBy(2)));
  }

  @RandomizedTest(iterations = 6)
  void findsTheSameHoweverEventsArriveWithinTheLateness(RandomGenerator random) {
    List<Instant> times = new ArrayList<>();
    Instant at = Instant.parse("2026-03-10T00:00:00Z");
    for (int i = 0; i < 500; i++) {
      at = at.plusSeconds(random.nextInt(20));
      times.add(at);
    }
    long seed = random.nextLong();

    var inOrder = found(arrivals(times, seed, random, false));
    var disordered = found(arrivals(times, seed, random, true));

    assertThat(disordered).isEqualTo(inOrder).isNotEmpty();
  }

  /** By rule and entity: which events are behind its alerts, by the source's number. */
  private static Map<String, TreeSet<Long>> found(List<LoggedEntry> entries) {
    try (var engine = engine(ResumePoint.START)) {
      return Story.feed(engine, entries).stream()
          .collect(
              groupingBy(
                  update -> update.alert().groupKey(),
                  TreeMap::new,
                  mapping(
                      update ->
                          update.added().stream()
                              .map(leaf -> entries.get(Math.toIntExact(leaf)))
                              .map(entry -> entry.event().position().sequence())
                              .toList(),
                      flatMapping(List::stream, toCollection(TreeSet::new)))));
    }
  }

  private record Arrival(Instant at, int number) {}

  /** Accesses of these times, each up to a minute and a half late and some of them twice. */
  private static List<LoggedEntry> arrivals(
      List<Instant> times, long seed, RandomGenerator random, boolean disorder) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      Instant at = times.get(i);
      arrivals.add(new Arrival(disorder ? at.plusMillis(random.nextInt(90_000)) : at, i));
      if (disorder && random.nextInt(10) == 0) {
        arrivals.add(new Arrival(at.plusMillis(random.nextInt(100_000)), i));
      }
    }
    arrivals.sort(Comparator.comparing(Arrival::at));
    Story story = new Story("2026-03-10T00:00:00Z");
    for (Arrival arrival : arrivals) {
      while (story.now().plusSeconds(5).isBefore(arrival.at())) {
        story.pass(Duration.ofSeconds(5)).tick();
      }
      story.at(arrival.at().toString());
      RandomGenerator own = new SplittableRandom(seed + arrival.number());
      story.as(
          new SourcePosition("db", 1, 1 + arrival.number()),
          times.get(arrival.number()),
          e -> access(e, own));
    }
    for (int i = 0; i < 60; i++) {
      story.pass(Duration.ofSeconds(5)).tick();
    }
    return story.entries();
  }

  @Test
  void goesOnCountingWhenOtherRulesChange() {
    SigmaSet more =
        SigmaTexts.set(
            SigmaTexts.ACCESS
                + "---\ntitle: New\nid: new\nlogsource: {product: citywall}\n"
                + "detection: {a: {db.client.app: psql}, condition: a}\nlevel: high\n",
            Level.LOW);
    Story story = new Story("2026-03-10T02:00:00Z");
    story.tick();
    for (int i = 0; i < 3; i++) {
      story.read("ana", "t." + i, 1).pass(Duration.ofMinutes(30)).tick();
    }
    story.read("ana", "t.3", 1).pass(Duration.ofMinutes(10)).tick();
    List<LoggedEntry> entries = story.entries();
    int middle = entries.size() - 3;

    Map<String, String> kept = new HashMap<>();
    List<AlertUpdate> updates = new ArrayList<>();
    Stop stop;
    try (var engine = engine(ResumePoint.START)) {
      updates.addAll(feed(engine, entries, 0, middle));
      engine.useSigma(more);
      stop = stop(engine, kept, middle - 1L);
      updates.addAll(feed(engine, entries, middle, entries.size()));
      assertThat(engine.setup().rules().version()).contains("sigma:8@");
    }
    List<AlertUpdate> restarted;
    try (var engine =
        new DetectionEngine(Story.RULES, NOBODY, more, EngineOptions.DEFAULT, stop.resume())) {
      restarted = feed(engine, entries, stop.replayFrom(), entries.size());
    }

    assertThat(rules(updates)).containsExactly("tables");
    assertThat(updates.getLast().alert().total()).isEqualTo(4);
    assertThat(restarted).isEqualTo(updates);
  }

  @Test
  void keepsNothingOfAnEventThatCouldBeRead() {
    Map<String, String> kept = new HashMap<>();
    try (var engine = engine(ResumePoint.START)) {
      Story story = new Story("2026-03-10T02:00:00Z");
      story.tick().read("secret-account", "secret.table", 1);
      story.pass(Duration.ofMinutes(10)).tick();
      Story.feed(engine, story.entries());
      stop(engine, kept, 0);
    }

    assertThat(kept.keySet()).anyMatch(key -> key.startsWith("sigma/block/"));
    kept.keySet().removeIf(key -> !key.startsWith("sigma/"));
    assertThat(kept.toString()).doesNotContain("secret");
  }

  @Test
  void forgetsWhatNoLongerMatters() {
    Map<String, String> kept = new HashMap<>();
    Story story = new Story("2026-03-10T02:00:00Z");
    story.tick().read("ana", "t.1", 1).pass(Duration.ofMinutes(10)).tick();
    try (var engine = engine(ResumePoint.START)) {
      Story.feed(engine, story.entries());
      assertThat(engine.statistics().sigma().kept()).isPositive();

      engine.accept(story.pass(Duration.ofHours(30)).tick().entries().getLast());
      stop(engine, kept, 0);

      assertThat(engine.statistics().sigma().kept()).isZero();
      assertThat(engine.statistics().sigma().groups()).isZero();
    }
    assertThat(kept.keySet())
        .filteredOn(key -> key.startsWith("sigma/"))
        .containsExactly("sigma/from");
  }

  /**
   * Accesses, late and out of order by less than the lateness, now and then repeated.
   *
   * @param ticking whether time never passes for longer than a minute without a tick
   */
  private static List<LoggedEntry> story(RandomGenerator random, int steps, boolean ticking) {
    Story story = new Story("2026-03-10T00:00:00Z");
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(5) == 0) {
        story.tick();
      } else {
        Instant at = story.now().minusMillis(random.nextInt(4) == 0 ? random.nextInt(110_000) : 0);
        story.entry(EntryKind.COMPLETION, at, e -> access(e, random));
        if (random.nextInt(15) == 0) {
          story.again();
        }
      }
      Duration pause = pause(random);
      for (int minute = 0; ticking && minute < pause.toMinutes(); minute++) {
        story.pass(Duration.ofMinutes(1)).tick();
      }
      story.pass(ticking ? pause.minusMinutes(pause.toMinutes()) : pause);
    }
    return story.tick().pass(Duration.ofMinutes(5)).tick().entries();
  }

  private static Duration pause(RandomGenerator random) {
    return switch (random.nextInt(40)) {
      case 0 -> Duration.ofMinutes(random.nextInt(120));
      case 1, 2 -> Duration.ofMinutes(random.nextInt(10));
      default -> Duration.ofMillis(random.nextInt(20_000));
    };
  }

  private static void access(Event.Builder event, RandomGenerator random) {
    Story.access(event, "u" + random.nextInt(4), "t." + random.nextInt(6), random.nextInt(1, 130));
    event.put(Field.DB_CLIENT_APP, random.nextInt(40) == 0 ? "Navicat 17" : "desk");
  }

  private static TreeSet<String> rules(List<AlertUpdate> updates) {
    TreeSet<String> rules = new TreeSet<>();
    updates.forEach(update -> rules.add(update.alert().parameters().get("rule")));
    return rules;
  }

  private static DetectionEngine engine(ResumePoint resume) {
    return new DetectionEngine(Story.RULES, NOBODY, RULES, EngineOptions.DEFAULT, resume);
  }

  /** Without the built-in windows, which read further back. */
  private static DetectionEngine sigmaOnly(ResumePoint resume) {
    List<RulePack.Source> sigma =
        RulePack.builtInSources().stream().filter(s -> s.name().startsWith("sigma")).toList();
    return new DetectionEngine(
        RulePack.compile(sigma), NOBODY, RULES, EngineOptions.DEFAULT, resume);
  }

  private static Stop stop(DetectionEngine engine, Map<String, String> kept, long applied) {
    for (LastingState piece : engine.takeLasting()) {
      if (piece.state() == null) {
        kept.remove(piece.key());
      } else {
        kept.put(piece.key(), piece.state());
      }
    }
    return new Stop(new ResumePoint(applied, kept), engine.replayFrom());
  }

  private static List<AlertUpdate> feed(
      DetectionEngine engine, List<LoggedEntry> entries, long from, long to) {
    return Story.feed(engine, entries.subList(Math.toIntExact(from), Math.toIntExact(to)));
  }
}
