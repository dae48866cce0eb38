// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Trail.Mark;
import org.junit.jupiter.api.Test;

/** What an engine keeps of entries whose payload was destroyed: nothing. */
class ForgettingTest {

  private static final Duration LATENESS = Duration.ofMinutes(3);

  private final Story story = new Story("2026-03-10T02:00:00Z");
  private final Map<String, String> kept = new HashMap<>();

  @Test
  void endsThePiecesOfAnAccountWhoseNewestEntryWasDestroyed() {
    long first = read("zhang.san");
    long other = read("li.si");

    assertThat(keptAfter(Set.of(first)::contains)).doesNotContain("zhang.san").contains("li.si");
    assertThat(keptAfter(Set.of(other, first)::contains)).doesNotContain("li.si");
  }

  @Test
  void keepsAnAccountThatALaterEntryNames() {
    long first = read("zhang.san");
    story.pass(Duration.ofHours(5));
    read("zhang.san");

    assertThat(keptAfter(Set.of(first)::contains)).contains("zhang.san");
  }

  @Test
  void forgetsTheNumbersOfDestroyedEntriesAndKeepsTheOthers() {
    Trail trail = new Trail("zhang.san");
    trail.put(1, 100, 7);
    trail.put(2, 200, 9);

    boolean gone = trail.forget(leaf -> leaf == 7);

    assertThat(gone).isFalse();
    assertThat(trail.number(1, -1)).isEqualTo(-1);
    assertThat(trail.number(2, -1)).isEqualTo(200);
  }

  @Test
  void forgetsTheMarksOfDestroyedEntriesAndEndsWithTheLast() {
    Trail trail = new Trail("zhang.san");
    trail.add(new Mark(10, 3, "10.0.0.1", 1, false), 1000, 10);
    trail.add(new Mark(20, 4, "10.0.0.2", 1, false), 1000, 10);

    assertThat(trail.forget(leaf -> leaf == 3)).isFalse();
    assertThat(trail.marks()).extracting(Mark::text).containsExactly("10.0.0.2");
    assertThat(trail.forget(leaf -> leaf <= 4)).isTrue();
  }

  @Test
  void isTheSameAfterItWasKept() {
    Trail trail = new Trail("zhang.san");
    trail.put(1, 100, 7);
    trail.add(new Mark(10, 8, "", 1, false), 1000, 10);

    Trail again = new Trail(trail.piece());

    assertThat(again.piece()).isEqualTo(trail.piece());
    assertThat(again.forget(leaf -> leaf == 8)).isTrue();
  }

  @Test
  void closesAlertsAndBurstsThatQuoteDestroyedEntries() {
    story.logins(12, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    assertThat(keptAfter(leaf -> false)).contains("203.0.113.9");
    assertThat(keptAfter(leaf -> true)).doesNotContain("203.0.113.9").doesNotContain("root");
  }

  /** Leaf of an access of this account to a table. */
  private long read(String account) {
    story.event(e -> Story.access(e, account, "t", 3).put(Field.GOV_DATA_LEVEL, 3L));
    return story.entries().size() - 1L;
  }

  /** All that is kept after an engine read the story and forgot, and then one that went on. */
  private String keptAfter(LongPredicate destroyed) {
    story.pass(LATENESS).tick();
    ResumePoint resume;
    kept.clear();
    try (var engine = engine(ResumePoint.START)) {
      Story.feed(engine, story.entries());
      take(engine);
      assertThat(kept).isNotEmpty();
      engine.forget(destroyed);
      take(engine);
      resume = new ResumePoint(story.entries().size() - 1L, kept);
    }
    story.pass(Duration.ofSeconds(1)).tick();
    try (var engine = engine(resume)) {
      Story.feed(engine, List.of(story.entries().getLast()));
      take(engine);
    }
    return kept.values().toString();
  }

  private void take(DetectionEngine engine) {
    for (LastingState piece : engine.takeLasting()) {
      if (piece.state() == null) {
        kept.remove(piece.key());
      } else {
        kept.put(piece.key(), piece.state());
      }
    }
  }

  private static DetectionEngine engine(ResumePoint resume) {
    return new DetectionEngine(Story.RULES, Context.empty(), EngineOptions.DEFAULT, resume);
  }
}
