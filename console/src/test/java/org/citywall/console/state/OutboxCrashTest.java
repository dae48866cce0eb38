// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citywall.console.testing.Alerts.raised;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.incident.Incident;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.IncidentState;
import org.citywall.console.testing.Alerts;
import org.citywall.console.testing.ConsoleFixture;
import org.citywall.console.testing.FailingLog;
import org.citywall.console.testing.FailingLog.At;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies between any two steps of a change; state and log must agree afterwards. */
class OutboxCrashTest {

  private static final Actor LI = new Actor("li", "10.0.0.5");

  @TempDir private Path folder;
  private final MemoryLog memory = new MemoryLog();
  private final FailingLog log = new FailingLog(memory);
  private final MutableClock clock = MutableClock.at("2026-11-22T06:00:00Z");

  @Test
  void leavesNothingOfAChangeThatFailsBeforeItsCommit() {
    try (ConsoleFixture console = start()) {
      assertThatThrownBy(
              () ->
                  console.changes.change(
                      journal -> {
                        journal.record(event -> event.put(Field.EVENT_ACTION, "half"));
                        throw new IllegalStateException("died");
                      }))
          .hasMessage("died");
      console.changes.change(
          journal -> journal.record(event -> event.put(Field.EVENT_ACTION, "whole")));
    }

    assertThat(actions()).containsExactly("whole");
    assertThat(memory.read(0).event().position().sequence()).isEqualTo(1);
  }

  @Test
  void appendsAfterRestartWhatWasCommittedOnly() {
    IncidentId id = takenWhileTheLogFails(At.BEFORE_APPEND);
    assertThat(actions()).containsExactly("incident-raised");

    Incident incident = restartAndGet(id);

    assertThat(actions()).containsExactly("incident-raised", "incident-taken");
    assertThat(incident.summary().state()).isEqualTo(IncidentState.TAKEN);
    assertThat(incident.history().getLast().leaf()).hasValue(1);
  }

  @Test
  void appendsOnceWhatWasAppendedButNotNoted() {
    IncidentId id = takenWhileTheLogFails(At.AFTER_APPEND);
    assertThat(actions()).containsExactly("incident-raised", "incident-taken");

    Incident incident = restartAndGet(id);

    assertThat(actions()).containsExactly("incident-raised", "incident-taken");
    assertThat(incident.history().getLast().leaf()).hasValue(1);
  }

  @Test
  void findsTheLeafOfAnEntryThatTheLogRemembersNoMore() {
    IncidentId id = takenWhileTheLogFails(At.AFTER_APPEND);
    for (int i = 1; i <= 700; i++) {
      memory.append(List.of(Entries.event("other", i)));
    }
    log.forgetLeaves();

    Incident incident = restartAndGet(id);

    assertThat(incident.history().getLast().leaf()).hasValue(1);
  }

  @Test
  void refusesToStartWhileEntriesCannotBeAppended() {
    takenWhileTheLogFails(At.BEFORE_APPEND);
    log.fail(At.BEFORE_APPEND);

    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.LOG_REFUSED));
  }

  @Test
  void beginsANewEpochAtEachStart() {
    Event first = recordedByAStart();
    clock.advance(Duration.ofDays(-1));
    Event second = recordedByAStart();

    assertThat(second.position().epoch()).isGreaterThan(first.position().epoch());
    assertThat(second.position().sequence()).isEqualTo(1);
    assertThat(second.position().source()).isEqualTo("citywall/console");
    assertThat(second.id()).isEqualTo(EventId.of(second.position()));
  }

  @Test
  void refusesAStateThatIsAheadOfItsLog() {
    recordedByAStart();

    assertThatThrownBy(
            () -> ConsoleFixture.start(new StateDatabase.Embedded(folder), new MemoryLog(), clock))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.STATE_FOREIGN));
  }

  @Test
  void remembersInTheDatabaseHowFarTheOutboxCame() {
    try (ConsoleFixture console = start()) {
      console.raise(raised(1, "a", Severity.LOW, 0L));
      console.raise(raised(2, "b", Severity.LOW, 0L));

      assertThat(console.store.read(Mark.OUTBOX_APPLIED::read)).hasValue(1);
    }
  }

  private IncidentId takenWhileTheLogFails(At at) {
    try (ConsoleFixture console = start()) {
      console.raise(raised(1, "a", Severity.LOW, 0L));
      IncidentId id =
          console.incidents.queue(IncidentFilter.ALL, null, 1).incidents().getFirst().id();
      log.fail(at);
      assertThatThrownBy(() -> console.incidents.take(LI, id, 1))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.LOG_PENDING));
      return id;
    } finally {
      log.fail(At.NOWHERE);
    }
  }

  private Incident restartAndGet(IncidentId id) {
    try (ConsoleFixture console = start()) {
      assertThat(console.changes.waiting()).isZero();
      return console.incidents.get(id);
    }
  }

  private Event recordedByAStart() {
    try (ConsoleFixture console = start()) {
      console.changes.change(
          journal -> journal.record(event -> event.put(Field.EVENT_ACTION, "started")));
    }
    return memory.read(memory.size() - 1).event();
  }

  private ConsoleFixture start() {
    return ConsoleFixture.start(new StateDatabase.Embedded(folder), log, clock);
  }

  private List<String> actions() {
    return ConsoleFixture.entries(memory).stream()
        .map(LoggedEntry::event)
        .map(event -> event.text(Field.EVENT_ACTION))
        .toList();
  }

  /** Entries of another source. */
  private static final class Entries {

    static Entry event(String source, long sequence) {
      return new Entry(
          org.citywall.audit.event.EntryKind.EVENT,
          Event.builder(new SourcePosition(source, 1, sequence), Alerts.START, Alerts.START)
              .put(Field.EVENT_ACTION, source)
              .build());
    }
  }
}
