// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  /** What is stored when the engine stops. */
  private record Stop(ResumePoint resume, long replayFrom) {}

  @RandomizedTest(iterations = 8)
  void saysAfterACrashWhatItWouldHaveSaidWithoutOne(RandomGenerator random) {
    List<LoggedEntry> entries = new RandomStory(random).write(1500).entries();
    List<Stop> stops = new ArrayList<>();
    List<AlertUpdate> undisturbed = new ArrayList<>();
    try (var engine = engine(ResumePoint.START)) {
      Map<String, String> kept = new HashMap<>();
      for (LoggedEntry entry : entries) {
        undisturbed.addAll(engine.accept(entry));
        if (random.nextInt(entries.size()) < 25) {
          stops.add(stop(engine, kept, entry.leaf()));
        }
      }
    }

    for (Stop stop : stops) {
      long applied = stop.resume().appliedLeaf();
      try (var engine = engine(stop.resume())) {
        assertThat(feed(engine, entries, stop.replayFrom(), entries.size()))
            .as("crash after leaf %d, replayed from %d", applied, stop.replayFrom())
            .isEqualTo(beyond(applied, undisturbed));
      }
    }
    assertThat(undisturbed).as("alerts to compare").isNotEmpty();
  }

  @RandomizedTest(iterations = 8)
  void saysAfterManyCrashesWhatItWouldHaveSaidWithoutOne(RandomGenerator random) {
    List<LoggedEntry> entries = new RandomStory(random).write(1500).entries();
    List<AlertUpdate> undisturbed;
    try (var engine = engine(ResumePoint.START)) {
      undisturbed = Story.feed(engine, entries);
    }

    List<AlertUpdate> disturbed = new ArrayList<>();
    Map<String, String> kept = new HashMap<>();
    Stop stop = new Stop(ResumePoint.START, 0);
    long end = 0;
    while (end < entries.size()) {
      end = Math.min(entries.size(), end + 1 + random.nextInt(200));
      try (var engine = engine(stop.resume())) {
        disturbed.addAll(feed(engine, entries, stop.replayFrom(), end));
        stop = stop(engine, kept, end - 1);
      }
    }

    assertThat(disturbed).isEqualTo(undisturbed);
  }

  @RandomizedTest(iterations = 4)
  void readsAgainNoMoreThanItsWindowsNeed(RandomGenerator random) {
    List<LoggedEntry> entries = new RandomStory(random).write(2500).entries();
    Duration longest = Duration.ZERO;
    try (var engine = engine(ResumePoint.START)) {
      for (LoggedEntry entry : entries) {
        engine.accept(entry);
        if (entry.leaf() % 50 == 0) {
          LoggedEntry first = entries.get(Math.toIntExact(engine.replayFrom()));
          Duration back = Duration.between(first.event().received(), entry.event().received());
          longest = back.compareTo(longest) > 0 ? back : longest;
        }
      }
    }

    // The longest window and the one before it, kept for another one after its last event.
    assertThat(longest).isLessThanOrEqualTo(Duration.ofMinutes(3 * 60 + 10));
  }

  @Test
  void readsNothingAgainOfAnAttackThatLastsAndExtendsItsAlert() {
    Story story = new Story("2026-03-10T02:00:00Z");
    story.logins(12, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");
    for (int i = 0; i < 40; i++) {
      story.pass(Duration.ofMinutes(50)).tick();
      story.logins(12, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
      story.login("success", "203.0.113.9", "root").tick();
    }
    List<LoggedEntry> entries = story.entries();
    AlertUpdate last;
    Map<String, String> kept = new HashMap<>();
    Stop stop;
    try (var engine = engine(ResumePoint.START)) {
      last = Story.feed(engine, entries).getLast();
      stop = stop(engine, kept, entries.size() - 1L);
    }
    story.pass(Duration.ofMinutes(10)).login("success", "203.0.113.9", "root").tick();

    List<AlertUpdate> updates;
    try (var engine = engine(stop.resume())) {
      updates = feed(engine, story.entries(), stop.replayFrom(), story.entries().size());
    }

    assertThat(stop.replayFrom()).isGreaterThan(entries.size() - 20L);
    assertThat(updates).singleElement().isInstanceOf(AlertUpdate.Extended.class);
    assertThat(updates.getFirst().alert().id()).isEqualTo(last.alert().id());
    assertThat(updates.getFirst().alert().total()).isEqualTo(last.alert().total() + 1);
  }

  @Test
  void tellsOfTheEndOfWhatLasted() {
    Story story = new Story("2026-03-10T02:00:00Z");
    story.tick().logins(12, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");
    try (var engine = engine(ResumePoint.START)) {
      Map<String, String> kept = new HashMap<>();
      Story.feed(engine, story.entries());
      stop(engine, kept, 0);
      assertThat(kept.keySet()).filteredOn(RecoveryTest::isOfAnAttack).hasSize(2);

      engine.accept(story.pass(Duration.ofHours(2)).tick().entries().getLast());
      stop(engine, kept, 0);

      assertThat(kept.keySet()).filteredOn(RecoveryTest::isOfAnAttack).isEmpty();
    }
  }

  @Test
  void beginsAnewWhereAPieceCannotBeRead() {
    Map<String, String> broken = Map.of("alert/00", "{", "burst/00", "{}", "silence/00", "null");
    Story story = new Story("2026-03-10T02:00:00Z");
    story.logins(12, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    try (var engine = engine(new ResumePoint(-1, broken))) {
      assertThat(Story.feed(engine, story.entries())).hasSize(1);
      assertThat(engine.takeLasting())
          .filteredOn(piece -> piece.state() == null)
          .extracting(LastingState::key)
          .containsExactlyInAnyOrderElementsOf(broken.keySet());
    }
  }

  @RandomizedTest(iterations = 4)
  void carriesEveryEntryOfAnAlertExactlyOnce(RandomGenerator random) {
    Story story = new RandomStory(random).write(1500);

    Map<AlertId, List<AlertUpdate>> byAlert =
        story.updates(RandomStory.CITY).stream()
            .collect(Collectors.groupingBy(update -> update.alert().id()));

    byAlert
        .values()
        .forEach(
            updates -> {
              List<Long> added =
                  updates.stream().flatMap(update -> update.added().stream()).toList();
              Alert last = updates.getLast().alert();
              assertThat(updates.getFirst()).isInstanceOf(AlertUpdate.Raised.class);
              assertThat(updates.subList(1, updates.size()))
                  .allMatch(AlertUpdate.Extended.class::isInstance);
              assertThat(added).doesNotHaveDuplicates().hasSize((int) last.total());
              assertThat(added).startsWith(last.leaves().toArray(Long[]::new));
              assertThat(updates)
                  .isSortedAccordingTo(Comparator.comparingLong(AlertUpdate::triggerLeaf));
            });
  }

  @Test
  void needsNothingFromThePastWhereNothingIsOpen() {
    Story story = new Story("2026-03-10T02:00:00Z");
    story.login("failure", "10.0.0.1", "a").pass(Duration.ofHours(1)).tick().tick();

    try (var engine = engine(ResumePoint.START)) {
      Story.feed(engine, story.entries());

      assertThat(engine.replayFrom()).isEqualTo(2);
    }
  }

  private static boolean isOfAnAttack(String key) {
    return key.startsWith("alert/") || key.startsWith("burst/");
  }

  private static DetectionEngine engine(ResumePoint resume) {
    return new DetectionEngine(Story.RULES, RandomStory.CITY, EngineOptions.DEFAULT, resume);
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

  private static List<AlertUpdate> beyond(long applied, List<AlertUpdate> updates) {
    return updates.stream().filter(update -> update.triggerLeaf() > applied).toList();
  }
}
