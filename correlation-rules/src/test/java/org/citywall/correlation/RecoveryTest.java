// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  @RandomizedTest(iterations = 8)
  void saysAfterACrashWhatItWouldHaveSaidWithoutOne(RandomGenerator random) {
    List<LoggedEntry> entries = new RandomStory(random).write(1500).entries();
    Map<Long, Long> replayFrom = new TreeMap<>();
    List<AlertUpdate> undisturbed = new ArrayList<>();
    try (var engine = engine(EngineOptions.DEFAULT)) {
      for (LoggedEntry entry : entries) {
        undisturbed.addAll(engine.accept(entry));
        if (random.nextInt(entries.size()) < 25) {
          replayFrom.put(entry.leaf(), engine.replayFrom());
        }
      }
    }

    replayFrom.forEach(
        (applied, from) -> {
          List<AlertUpdate> afterCrash;
          try (var engine = engine(EngineOptions.DEFAULT)) {
            afterCrash = Story.feed(engine, entries.subList(Math.toIntExact(from), entries.size()));
          }
          assertThat(beyond(applied, afterCrash))
              .as("crash after leaf %d, replayed from %d", applied, from)
              .isEqualTo(beyond(applied, undisturbed));
        });
    assertThat(undisturbed).as("alerts to compare").isNotEmpty();
  }

  @RandomizedTest(iterations = 4)
  void readsAgainNoMoreThanADayAndAHalf(RandomGenerator random) {
    List<LoggedEntry> entries = new RandomStory(random).write(2500).entries();
    Duration longest = Duration.ZERO;
    try (var engine = engine(EngineOptions.DEFAULT)) {
      for (LoggedEntry entry : entries) {
        engine.accept(entry);
        if (entry.leaf() % 50 == 0) {
          LoggedEntry first = entries.get(Math.toIntExact(engine.replayFrom()));
          Duration back = Duration.between(first.event().received(), entry.event().received());
          longest = back.compareTo(longest) > 0 ? back : longest;
        }
      }
    }

    assertThat(longest).isLessThanOrEqualTo(Duration.ofHours(36));
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

    try (var engine = engine(EngineOptions.DEFAULT)) {
      Story.feed(engine, story.entries());

      assertThat(engine.replayFrom()).isEqualTo(2);
    }
  }

  private static DetectionEngine engine(EngineOptions options) {
    return new DetectionEngine(Story.RULES, RandomStory.CITY, options);
  }

  private static List<AlertUpdate> beyond(long applied, List<AlertUpdate> updates) {
    return updates.stream().filter(update -> update.triggerLeaf() > applied).toList();
  }
}
