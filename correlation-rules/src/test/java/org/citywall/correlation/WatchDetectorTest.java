// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.log.LoggedEntry;
import org.junit.jupiter.api.Test;

class WatchDetectorTest {

  /** Remembers what it was given. */
  private static final class Recorder implements Watch {
    final List<Long> leaves = new ArrayList<>();

    @Override
    public Set<FactKind> kinds() {
      return Set.of(FactKind.ACCESS);
    }

    @Override
    public void see(Fact fact, ContextIndex context, Crossings out) {
      leaves.add(fact.leaf());
    }

    @Override
    public void forget(LongPredicate destroyed) {}

    @Override
    public void expire(long clock) {}

    @Override
    public void pieces(LastingPieces pieces) {}

    @Override
    public int size() {
      return 0;
    }

    @Override
    public long evictions() {
      return 0;
    }
  }

  private final Recorder recorder = new Recorder();
  private final Story story = new Story("2026-03-10T02:00:00Z");

  @Test
  void givesARepeatedEntryOnceHoweverLongAgoTheLastTickWas() {
    story.tick().pass(Duration.ofDays(1));
    story.read("clerk", "t", 1).pass(Duration.ofSeconds(30)).tick();
    story.pass(Duration.ofMinutes(5)).tick();
    List<LoggedEntry> entries = new ArrayList<>(story.entries());
    LoggedEntry access = entries.get(1);
    entries.add(3, new LoggedEntry(3, access.kind(), access.event()));
    LoggedEntry last = entries.removeLast();
    entries.add(new LoggedEntry(4, last.kind(), last.event()));

    feed(entries);

    assertThat(recorder.leaves).containsExactly(1L);
  }

  @Test
  void givesNoTickAndKeepsTheOrderOfEventTime() {
    story.read("clerk", "t", 1).pass(Duration.ofSeconds(1)).read("clerk", "t", 2);
    story.pass(Duration.ofMinutes(5)).tick().tick();

    feed(story.entries());

    assertThat(recorder.leaves).containsExactly(0L, 1L);
  }

  private void feed(List<LoggedEntry> entries) {
    var detector = new WatchDetector(List.of(recorder), EngineOptions.DEFAULT, -1);
    ContextIndex context = new ContextIndex(Context.empty());
    long clock = entries.getFirst().event().receivedMicros();
    for (LoggedEntry entry : entries) {
      long received = entry.event().receivedMicros();
      if (entry.kind() == EntryKind.TICK) {
        clock = received;
        detector.tick(clock, entry.leaf(), signal -> {});
      } else {
        long micros = entry.event().timestampMicros();
        detector.observe(new Observation(entry, micros, clock, false), context, signal -> {});
      }
    }
  }
}
