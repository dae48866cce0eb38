// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.citywall.console.testing.Alerts.extended;
import static org.citywall.console.testing.Alerts.raised;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What incidents do, whichever database keeps them. */
abstract class IncidentsContract {

  private static final Actor LI = new Actor("li", "10.0.0.5");
  private static final Actor WANG = new Actor("wang", "10.0.0.6");

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-11-22T15:59:00Z");
  private ConsoleFixture console;
  private Incidents incidents;

  /** A database without anything in it. */
  abstract StateDatabase emptyDatabase();

  @BeforeEach
  void start() {
    console = ConsoleFixture.start(emptyDatabase(), log, clock);
    incidents = console.incidents;
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void raisesOneIncidentWithItsEventsAndItsEntry() {
    console.raise(raised(1, "10.1.2.3|root", Severity.HIGH, 4L, 5L, 9L));

    Incident incident = incidents.get(only());
    assertThat(incident.summary().state()).isEqualTo(IncidentState.NEW);
    assertThat(incident.summary().severity()).isEqualTo(Severity.HIGH);
    assertThat(incident.summary().alert().parameters()).containsEntry("failures", "3");
    assertThat(incident.leaves()).containsExactly(4L, 5L, 9L);
    assertThat(incident.techniques()).containsExactly("T1110");
    LoggedEntry entry = log.read(incident.history().getFirst().leaf().orElseThrow());
    assertThat(entry.kind()).isEqualTo(EntryKind.STATE_CHANGE);
    assertThat(entry.event().text(Field.EVENT_ACTION)).isEqualTo("incident-raised");
    assertThat(entry.event().text(Field.GOV_INCIDENT_ID)).isEqualTo(only().number());
    assertThat(entry.event().texts(Field.GOV_LEAVES)).containsExactly("4", "5", "9");
  }

  @Test
  void countsNumbersByTheDayOfTheZone() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    console.raise(raised(2, "b", Severity.LOW, 2L));
    clock.advance(java.time.Duration.ofMinutes(2));
    console.raise(raised(3, "c", Severity.LOW, 3L));

    assertThat(numbers(IncidentFilter.ALL))
        .containsExactly("INC-20261123-0001", "INC-20261122-0002", "INC-20261122-0001");
  }

  @Test
  void makesNoSecondIncidentOfAReplay() {
    console.raise(raised(1, "a", Severity.HIGH, 4L, 5L));
    console.raise(extended(1, "a", Severity.HIGH, 4L, 5L, 8L));
    long entries = log.size();

    console.raise(raised(1, "a", Severity.HIGH, 4L, 5L));
    console.raise(extended(1, "a", Severity.HIGH, 4L, 5L, 8L));

    assertThat(incidents.get(only()).leaves()).containsExactly(4L, 5L, 8L);
    assertThat(incidents.get(only()).summary().eventCount()).isEqualTo(3);
    assertThat(log.size()).isEqualTo(entries);
  }

  @Test
  void extendsTheOpenIncidentOfTheSameRuleAndGroup() {
    console.raise(raised(1, "a", Severity.MEDIUM, 1L, 2L));
    console.raise(raised(2, "a", Severity.CRITICAL, 7L));
    console.raise(raised(3, "b", Severity.LOW, 8L));

    Incident incident = incidents.get(new IncidentId("INC-20261122-0001"));
    assertThat(incidents.count(IncidentFilter.ALL)).isEqualTo(2);
    assertThat(incident.alertIds()).hasSize(2);
    assertThat(incident.summary().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(incident.summary().eventCount()).isEqualTo(3);
    assertThat(actions(incident)).containsExactly("RAISED", "ALERT_ADDED");
  }

  @Test
  void raisesAnewAfterTheIncidentWasClosed() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    incidents.resolve(LI, only(), 1, "done");

    console.raise(raised(2, "a", Severity.LOW, 2L));

    assertThat(incidents.count(IncidentFilter.ALL)).isEqualTo(2);
    assertThat(incidents.count(IncidentFilter.OPEN)).isEqualTo(1);
  }

  @Test
  void opensADismissedIncidentWhoseAlertGrowsWorse() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    incidents.dismiss(LI, only(), 1, DismissReason.FALSE_POSITIVE, "");

    console.raise(extended(1, "a", Severity.LOW, 1L, 2L));
    IncidentState afterMoreOfTheSame = incidents.get(only()).summary().state();
    console.raise(extended(1, "a", Severity.HIGH, 1L, 2L, 3L));

    IncidentSummary worse = incidents.get(only()).summary();
    assertThat(afterMoreOfTheSame).isEqualTo(IncidentState.DISMISSED);
    assertThat(worse.state()).isEqualTo(IncidentState.NEW);
    assertThat(worse.assignee()).isNull();
    assertThat(worse.alert().severity()).isEqualTo(Severity.HIGH);
    assertCode(ConsoleErrorCode.NOTHING_TO_UNDO, () -> incidents.undo(LI, only(), worse.version()));
  }

  @Test
  void growthDoesNotDisturbADecision() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    long seen = incidents.get(only()).summary().version();
    console.raise(extended(1, "a", Severity.MEDIUM, 1L, 2L));

    Incident taken = incidents.take(LI, only(), seen);

    assertThat(taken.summary().assignee()).isEqualTo("li");
  }

  @Test
  void writesEachDecisionBeforeItAnswers() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    incidents.take(LI, only(), 1);
    incidents.note(WANG, only(), "looks like the vendor");
    incidents.escalate(LI, only(), 2, "for the chief");
    Incident done = incidents.dismiss(LI, only(), 3, DismissReason.APPROVED_WORK, "ticket 7");

    assertThat(actions(done)).containsExactly("RAISED", "TAKEN", "NOTED", "ESCALATED", "DISMISSED");
    assertThat(done.history()).allMatch(step -> step.leaf().isPresent());
    Event last = log.read(log.size() - 1).event();
    assertThat(last.text(Field.USER_NAME)).isEqualTo("li");
    assertThat(last.text(Field.SOURCE_IP)).isEqualTo("10.0.0.5");
    assertThat(last.text(Field.GOV_INCIDENT_PREVIOUS_STATE)).isEqualTo("ESCALATED");
    assertThat(last.text(Field.GOV_INCIDENT_STATE)).isEqualTo("DISMISSED");
    assertThat(last.text(Field.EVENT_REASON)).isEqualTo("APPROVED_WORK");
    assertThat(last.text(Field.GOV_NOTE)).isEqualTo("ticket 7");
    assertThat(last.position().sequence()).isEqualTo(5);
  }

  @Test
  void letsOneOfTwoOfficersTakeIt() throws Exception {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    CyclicBarrier together = new CyclicBarrier(2);
    List<Callable<Incident>> officers =
        List.of(
            () -> {
              together.await();
              return incidents.take(LI, only(), 1);
            },
            () -> {
              together.await();
              return incidents.take(WANG, only(), 1);
            });

    List<String> refusals = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Incident> answer : threads.invokeAll(officers)) {
        try {
          answer.get();
        } catch (ExecutionException e) {
          refusals.add(((PlatformException) e.getCause()).code().id());
        }
      }
    }

    assertThat(refusals).containsExactly("CON-0021");
    assertThat(actions(incidents.get(only()))).containsExactly("RAISED", "TAKEN");
  }

  @Test
  void takesDecisionsBackOneByOne() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    incidents.take(LI, only(), 1);
    incidents.resolve(LI, only(), 2, "");

    Incident open = incidents.undo(LI, only(), 3);
    Incident fresh = incidents.undo(LI, only(), 4);

    assertThat(open.summary().state()).isEqualTo(IncidentState.TAKEN);
    assertThat(open.summary().assignee()).isEqualTo("li");
    assertThat(fresh.summary().state()).isEqualTo(IncidentState.NEW);
    assertThat(fresh.summary().assignee()).isNull();
    assertCode(ConsoleErrorCode.NOTHING_TO_UNDO, () -> incidents.undo(LI, only(), 5));
  }

  @Test
  void leavesDecisionsOfOthersAlone() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    incidents.take(LI, only(), 1);

    assertCode(ConsoleErrorCode.NOTHING_TO_UNDO, () -> incidents.undo(WANG, only(), 2));
  }

  @Test
  void refusesWhatTheStateDoesNotAllow() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    incidents.resolve(LI, only(), 1, "");

    assertCode(ConsoleErrorCode.INCIDENT_STATE, () -> incidents.take(WANG, only(), 2));
    assertCode(ConsoleErrorCode.INCIDENT_STATE, () -> incidents.escalate(WANG, only(), 2, ""));
    assertCode(ConsoleErrorCode.INCIDENT_STATE, () -> incidents.resolve(WANG, only(), 2, ""));
    assertCode(ConsoleErrorCode.INCIDENT_CHANGED, () -> incidents.reopen(WANG, only(), 1, ""));
    assertCode(
        ConsoleErrorCode.INCIDENT_UNKNOWN,
        () -> incidents.get(new IncidentId("INC-20260101-0001")));
    assertThat(incidents.reopen(WANG, only(), 2, "").summary().assignee()).isEqualTo("wang");
  }

  @Test
  void refusesNotesThatAreEmptyOrTooLong() {
    console.raise(raised(1, "a", Severity.LOW, 1L));

    assertCode(ConsoleErrorCode.NOTE_INVALID, () -> incidents.note(LI, only(), " \n"));
    assertCode(
        ConsoleErrorCode.NOTE_INVALID,
        () -> incidents.note(LI, only(), "x".repeat(Incidents.MAX_NOTE + 1)));
    assertCode(
        ConsoleErrorCode.NOTE_INVALID,
        () -> incidents.resolve(LI, only(), 1, "x".repeat(Incidents.MAX_NOTE + 1)));
  }

  @Test
  void changesNothingWhileTheLogRefuses() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    log.refuseAppends(true);
    assertCode(ConsoleErrorCode.LOG_PENDING, () -> incidents.take(LI, only(), 1));

    assertCode(ConsoleErrorCode.LOG_REFUSED, () -> incidents.resolve(LI, only(), 2, ""));

    assertThat(incidents.get(only()).summary().state()).isEqualTo(IncidentState.TAKEN);
    assertThat(console.changes.waiting()).isEqualTo(1);
    log.refuseAppends(false);
    Incident resolved = incidents.resolve(LI, only(), 2, "");
    assertThat(resolved.history()).allMatch(step -> step.leaf().isPresent());
    assertThat(console.changes.waiting()).isZero();
  }

  @Test
  void pagesAndFilters() {
    for (int i = 1; i <= 7; i++) {
      console.raise(raised(i, "g" + i, i % 2 == 0 ? Severity.HIGH : Severity.LOW, (long) i));
    }
    incidents.take(LI, new IncidentId("INC-20261122-0003"), 1);

    IncidentQueue first = incidents.queue(IncidentFilter.OPEN, null, 4);
    IncidentQueue second = incidents.queue(IncidentFilter.OPEN, first.next(), 4);
    IncidentFilter mine = new IncidentFilter(Set.of(), Set.of(), "li");
    IncidentFilter high = new IncidentFilter(Set.of(), EnumSet.of(Severity.HIGH), null);

    assertThat(first.incidents()).hasSize(4);
    assertThat(second.incidents()).hasSize(3);
    assertThat(second.next()).isNull();
    assertThat(numbers(mine)).containsExactly("INC-20261122-0003");
    assertThat(incidents.count(high)).isEqualTo(3);
    assertThat(incidents.countOpen())
        .containsEntry(Severity.HIGH, 3L)
        .containsEntry(Severity.LOW, 4L);
  }

  @Test
  void listsAllLeavesPageByPage() {
    Long[] many = new Long[2500];
    for (int i = 0; i < many.length; i++) {
      many[i] = (long) i * 2;
    }
    console.raise(raised(1, "a", Severity.LOW, many));

    List<Long> first = incidents.leaves(only(), -1, 1000);
    List<Long> last = incidents.leaves(only(), 3998, 1000);

    assertThat(incidents.get(only()).leaves()).isEqualTo(first).hasSize(1000);
    assertThat(last).hasSize(500).startsWith(4000L).endsWith(4998L);
  }

  @Test
  void appendsWhatWaitsAsSoonAsTheLogIsBack() {
    console.raise(raised(1, "a", Severity.LOW, 1L));
    log.refuseAppends(true);
    assertCode(ConsoleErrorCode.LOG_PENDING, () -> incidents.take(LI, only(), 1));

    log.refuseAppends(false);

    await().until(() -> console.changes.waiting() == 0);
    assertThat(incidents.get(only()).history().getLast().leaf()).hasValue(1);
  }

  private IncidentId only() {
    return incidents.queue(IncidentFilter.ALL, null, 2).incidents().getFirst().id();
  }

  private List<String> numbers(IncidentFilter filter) {
    return incidents.queue(filter, null, 50).incidents().stream()
        .map(summary -> summary.id().number())
        .toList();
  }

  private static List<String> actions(Incident incident) {
    return incident.history().stream().map(step -> step.action().name()).toList();
  }

  private static void assertCode(ConsoleErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
