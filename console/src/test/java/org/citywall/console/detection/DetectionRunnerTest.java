// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.detection.DetectionHealth.State;
import org.citywall.console.incident.IncidentChange;
import org.citywall.console.incident.IncidentChanges;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentSummary;
import org.citywall.console.state.Mark;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.Alerts;
import org.citywall.console.testing.ConsoleFixture;
import org.citywall.console.testing.CountingDetection;
import org.citywall.console.testing.FailingLog;
import org.citywall.correlation.DetectionSetup;
import org.citywall.correlation.LastingState;
import org.citywall.correlation.ResumePoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionRunnerTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** Entries that tell what detection reasons with, the first time. */
  private static final int SETUP_ENTRIES = 2;

  @TempDir private Path folder;
  private final MemoryLog memory = new MemoryLog();
  private final FailingLog log = new FailingLog(memory);
  private final MutableClock clock = MutableClock.at("2026-11-22T06:00:00Z");
  private ConsoleFixture console;
  private long sequence;

  @BeforeEach
  void open() {
    console = ConsoleFixture.start(new StateDatabase.Embedded(folder), log, clock);
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void turnsEntriesIntoAnIncidentAndTellsSubscribers() throws Exception {
    try (DetectionRunner runner = runSettled(CountingDetection::new);
        IncidentChanges.Subscription browser =
            console.subscribers.subscribe(IncidentChanges.FROM_NOW)) {
      append("root", 5);

      assertThat(browser.next(SOON)).isInstanceOf(IncidentChange.Acted.class);
      await().atMost(SOON).until(() -> only().eventCount() == 5);
      assertThat(runner.health().state()).isEqualTo(State.FOLLOWING);
      assertThat(runner.health().lastError()).isNull();
      assertThat(console.incidents.get(only().id()).leaves()).containsExactly(2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void neverReadsWhatDetectionWrote() {
    try (DetectionRunner runner = runSettled(CountingDetection::new)) {
      append("root", 3);
      await().atMost(SOON).until(() -> memory.size() == 6 && runner.health().lag() == 0);
      console.incidents.take(new org.citywall.console.Actor("li", ""), only().id(), 1);
      append("root", 1);

      await().atMost(SOON).until(() -> only().eventCount() == 4);
    }
    assertThat(console.incidents.get(only().id()).leaves()).containsExactly(2L, 3L, 4L, 7L);
  }

  @Test
  void storesHowFarItCameWhenItStops() {
    append("root", 2);
    try (DetectionRunner runner = run(CountingDetection::new)) {
      await().atMost(SOON).until(() -> runner.health().lag() == 0);
    }

    assertThat(console.store.read(Mark.DETECTION_APPLIED::read)).hasValue(1 + SETUP_ENTRIES);
    assertThat(console.store.read(Mark.DETECTION_REPLAY_FROM::read)).hasValue(0);
  }

  @Test
  void beginsAgainAfterTheLogRefusedAndRaisesOnce() {
    log.fail(FailingLog.At.BEFORE_APPEND);
    try (DetectionRunner runner = run(CountingDetection::new)) {
      append("root", 3);
      await().atMost(SOON).until(() -> runner.health().lastError() != null);
      log.fail(FailingLog.At.NOWHERE);

      await().atMost(SOON).until(() -> memory.size() == 4 + SETUP_ENTRIES);
      await().atMost(SOON).until(() -> runner.health().state() == State.FOLLOWING);
    }
    assertThat(console.incidents.count(IncidentFilter.ALL)).isEqualTo(1);
    assertThat(console.changes.waiting()).isZero();
  }

  @Test
  void skipsAnEntryAtWhichTheEngineAlwaysFails() {
    append("root", 4);
    try (DetectionRunner runner = run(() -> new CountingDetection(1))) {
      await().atMost(SOON).until(() -> console.incidents.count(IncidentFilter.ALL) == 1);

      assertThat(runner.health().skipped()).containsExactly(1L);
      assertThat(runner.health().restarts()).isEqualTo(3);
      assertThat(runner.health().lastError()).isEqualTo(ConsoleErrorCode.DETECTION_FAILED);
    }
    assertThat(console.incidents.get(only().id()).leaves()).containsExactly(0L, 2L, 3L);
  }

  @Test
  void recordsWhatDetectionReasonsWithOnceForEachChange() {
    DetectionSetup.Part rules = new DetectionSetup.Part("r@1", "a1");
    DetectionSetup.Part nobody = new DetectionSetup.Part("nobody", "c1");
    DetectionSetup.Part city = new DetectionSetup.Part("city", "c2");
    for (DetectionSetup.Part context : List.of(nobody, nobody, city, nobody)) {
      console.close();
      open();
      followWith(new DetectionSetup(rules, context));
    }
    followWith(new DetectionSetup(new DetectionSetup.Part("r@2", "a2"), nobody));

    assertThat(setups())
        .containsExactly(
            "detection-rules-changed r@1 a1",
            "detection-context-changed nobody c1",
            "detection-context-changed city c2",
            "detection-context-changed nobody c1",
            "detection-rules-changed r@2 a2");
  }

  @Test
  void recordsAChangeOfContextWhileItRuns() {
    CountingDetection engine = new CountingDetection();
    try (DetectionRunner runner = runSettled(() -> engine)) {
      engine.reasonsWith(
          new DetectionSetup(engine.setup().rules(), new DetectionSetup.Part("city", "c2")));

      await().atMost(SOON).until(() -> memory.size() == SETUP_ENTRIES + 1);
      assertThat(runner.health().restarts()).isZero();
    }
    assertThat(setups()).last().isEqualTo("detection-context-changed city c2");
  }

  @Test
  void feedsNothingBeforeTheLogKnowsWhatDetectionReasonsWith() {
    append("root", 3);
    log.fail(FailingLog.At.BEFORE_APPEND);
    try (DetectionRunner runner = run(CountingDetection::new)) {
      await().atMost(SOON).until(() -> runner.health().restarts() > 2);

      assertThat(runner.health().nextLeaf()).isZero();
      assertThat(runner.health().lastError()).isEqualTo(ConsoleErrorCode.LOG_REFUSED);
    }
  }

  @Test
  void givesTheNextEngineWhatLastsAsOfTheLastAppliedEntry() {
    append("root", 2);
    followWithLasting(new LastingState("a", "1"), new LastingState("b", "1"));
    append("root", 1);
    followWithLasting(new LastingState("a", null), new LastingState("b", "2"));

    List<ResumePoint> resumed = new ArrayList<>();
    try (DetectionRunner runner =
        runMaking(
            point -> {
              resumed.add(point);
              return new CountingDetection();
            })) {
      await().atMost(SOON).until(() -> runner.health().state() == State.FOLLOWING);
    }

    assertThat(resumed).containsExactly(new ResumePoint(memory.size() - 1, Map.of("b", "2")));
  }

  @RandomizedTest(iterations = 2)
  void aRunnerKilledAnywhereEndsWithTheSameIncidents(RandomGenerator random) {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      users.add("user" + random.nextInt(8));
    }
    for (String user : users) {
      append(user, 1);
      if (random.nextInt(12) == 0) {
        log.fail(random.nextBoolean() ? FailingLog.At.AFTER_APPEND : FailingLog.At.BEFORE_APPEND);
      }
      if (random.nextInt(12) == 0) {
        followUntilItCatchesUpOrFails();
        log.fail(FailingLog.At.NOWHERE);
        console.close();
        open();
      }
    }
    log.fail(FailingLog.At.NOWHERE);
    try (DetectionRunner runner = run(CountingDetection::new)) {
      await().atMost(SOON).until(() -> runner.health().lag() == 0);
    }

    for (String user : List.copyOf(new java.util.TreeSet<>(users))) {
      long times = users.stream().filter(user::equals).count();
      assertThat(eventsOf(user)).isEqualTo(times >= 3 ? times : 0);
    }
    assertThat(entriesOf("incident-raised")).isEqualTo(console.incidents.count(IncidentFilter.ALL));
  }

  private void followWith(DetectionSetup setup) {
    CountingDetection engine = new CountingDetection();
    engine.reasonsWith(setup);
    followToTheEnd(engine);
  }

  private void followWithLasting(LastingState... changes) {
    CountingDetection engine = new CountingDetection();
    engine.lasts(changes);
    followToTheEnd(engine);
  }

  private void followToTheEnd(CountingDetection engine) {
    try (DetectionRunner runner = run(() -> engine)) {
      await()
          .atMost(SOON)
          .until(
              () ->
                  runner.health().state() == State.FOLLOWING
                      && runner.health().appliedLeaf() == memory.size() - 1);
    }
  }

  private List<String> setups() {
    return ConsoleFixture.entries(memory).stream()
        .map(LoggedEntry::event)
        .filter(event -> event.text(Field.GOV_CONTENT_HASH) != null)
        .map(
            event ->
                event.text(Field.EVENT_ACTION)
                    + ' '
                    + event.text(Field.GOV_CONTENT_VERSION)
                    + ' '
                    + event.text(Field.GOV_CONTENT_HASH))
        .toList();
  }

  private void followUntilItCatchesUpOrFails() {
    try (DetectionRunner runner = run(CountingDetection::new)) {
      await()
          .atMost(SOON)
          .until(() -> runner.health().lag() == 0 || runner.health().lastError() != null);
    }
  }

  private long eventsOf(String user) {
    return console.incidents.queue(IncidentFilter.ALL, null, 100).incidents().stream()
        .filter(incident -> incident.groupKey().equals(user))
        .mapToLong(IncidentSummary::eventCount)
        .sum();
  }

  private long entriesOf(String action) {
    return ConsoleFixture.entries(memory).stream()
        .filter(entry -> action.equals(entry.event().text(Field.EVENT_ACTION)))
        .count();
  }

  private IncidentSummary only() {
    return console.incidents.queue(IncidentFilter.ALL, null, 2).incidents().getFirst();
  }

  private DetectionRunner run(Supplier<Detection> engines) {
    return runMaking(point -> engines.get());
  }

  private DetectionRunner runMaking(Detection.Maker engines) {
    return DetectionRunner.start(
        log, console.changes, console.intake, engines, Duration.ofMillis(5));
  }

  /** A runner that has recorded what it reasons with, as two entries. */
  private DetectionRunner runSettled(Supplier<Detection> engines) {
    DetectionRunner runner = run(engines);
    await().atMost(SOON).until(() -> memory.size() == SETUP_ENTRIES);
    return runner;
  }

  private void append(String user, int times) {
    for (int i = 0; i < times; i++) {
      SourcePosition position = new SourcePosition("test", 1, ++sequence);
      memory.append(
          List.of(
              new Entry(
                  EntryKind.EVENT,
                  Event.builder(position, Alerts.START, Alerts.START)
                      .put(Field.USER_NAME, user)
                      .build())));
    }
  }
}
