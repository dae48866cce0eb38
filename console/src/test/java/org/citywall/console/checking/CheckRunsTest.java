// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.check.Drift.Way;
import org.citywall.compliance.collect.HostTarget;
import org.citywall.compliance.collect.LocalHost;
import org.citywall.compliance.collect.PostgresTarget;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.Grading;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.assessment.GrantedWaivers;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.checking.RecordedRun.State;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRunsTest {

  private static final Actor LI = new Actor("li", "10.0.0.5");
  private static final String ROOT = "root:x:0:0::/:/bin/sh\n";
  private static final String L3 = "gbt22239-l3";

  @TempDir private Path folder;

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-11-28T02:00:00Z");
  private final List<ListedTarget> targets = new ArrayList<>();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private ConsoleFixture console;
  private Assessments assessments;
  private GrantedWaivers waivers = Waivers::none;
  private CheckRuns runs;
  private AssessmentId round;
  private SystemId system;

  @BeforeEach
  void start() throws IOException {
    console = ConsoleFixture.start(new StateDatabase.Embedded(folder.resolve("state")), log, clock);
    assessments =
        new Assessments(console.changes, Catalogues::builtIn, clock, ConsoleRuntime.CHINA);
    Harm harm = new Harm(Harmed.PUBLIC, Damage.SERIOUS);
    LocalDate today = LocalDate.of(2026, 11, 28);
    system =
        new SystemRegister(console.changes, LegalCalendar.builtIn())
            .register(
                LI,
                new SystemRegister.NewSystem(
                    "核心系统", "数据局", true, null, new Grading(harm, harm, today)))
            .id();
    round = assessments.begin(LI, new Assessments.Plan(system, List.of(L3), today, 50)).id();
    targets.add(listed(host("one", ROOT), "linux.accounts.uid-zero"));
  }

  @AfterEach
  void stop() {
    letGo.countDown();
    if (runs != null) {
      runs.close();
    }
    console.close();
  }

  @Test
  void aRunFeedsTheOpenRoundOfItsSystemAndTheLogTellsItsFileWhichIsNotShownOnceItIsAnotherOne()
      throws Exception {
    runs(Duration.ofSeconds(20));

    RecordedRun run = ended(runs.begin(LI, system));

    byte[] file = Files.readAllBytes(folder.resolve("runs/RUN-0001.jsonl"));
    assertThat(run.state()).isEqualTo(State.DONE);
    assertThat(run.digest()).isEqualTo(Hash.sha256(file).hex());
    assertThat(run.said()).isEqualTo("1 targets: conform 1; ASM-0001: taken 2, kept 0");
    assertThat(items("one")).extracting(ItemResult::stated).containsOnly(Result.CONFORM);
    Awaitility.await().until(() -> runs.get(run.id()).leaf() != null);
    LoggedEntry entry = log.read(runs.get(run.id()).leaf());
    assertThat(entry.event().text(Field.EVENT_ACTION)).isEqualTo("compliance-checks-run");
    assertThat(entry.event().text(Field.USER_NAME)).isEqualTo("li");
    assertThat(entry.event().text(Field.GOV_NOTE)).contains("RUN-0001", run.digest());

    assertThat(runs.results(run)).extracting(CheckResult::result).containsExactly(Result.CONFORM);
    Path changed = folder.resolve("runs/RUN-0001.jsonl");
    Files.writeString(changed, Files.readString(changed).replace("\"one\"", "\"two\""));
    refused(ConsoleErrorCode.CHECK_RUN_CHANGED, () -> runs.results(run));
    Files.delete(changed);
    refused(ConsoleErrorCode.CHECK_RUN_FILE, () -> runs.results(run));
    refused(ConsoleErrorCode.CHECK_RUN_UNKNOWN, () -> runs.get(new CheckRunId(2)));
  }

  @Test
  void whatBecameOtherwiseSinceTheLastRunIsTold() throws Exception {
    runs(Duration.ofSeconds(20));
    ended(runs.begin(LI, system));
    host("one", ROOT + "toor:x:0:0::/:/bin/sh\n");

    RecordedRun second = ended(runs.begin(LI, system));

    assertThat(runs.drift(second))
        .singleElement()
        .satisfies(change -> assertThat(change.way()).isEqualTo(Way.WORSE));
    assertThat(items("one")).extracting(ItemResult::stated).containsOnly(Result.NONCONFORM);
  }

  @Test
  void aTargetThatHangsIsAnErrorAndBlocksNoOther() {
    targets.addFirst(listed(hanging(), "postgresql.tls"));
    runs(Duration.ofMillis(200));

    RecordedRun run = ended(runs.begin(LI, system));

    assertThat(run.said()).startsWith("2 targets: conform 1, error 1");
    assertThat(items("core-db"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.stated()).isEqualTo(Result.ERROR));
    assertThat(items("one")).extracting(ItemResult::stated).containsOnly(Result.CONFORM);
  }

  @Test
  void aRunThatWasBrokenOffGoesOnWithWhatItLacksWhenTheConsoleStarts() throws Exception {
    targets.add(listed(hanging(), "postgresql.tls"));
    runs(Duration.ofSeconds(20));
    CheckRunId run = runs.begin(LI, system);
    Awaitility.await()
        .until(() -> runs.progress().equals(Optional.of(new CheckRuns.Progress(run, 1, 2))));
    refused(ConsoleErrorCode.CHECK_RUN_GOING, () -> runs.begin(LI, null));
    refused(ConsoleErrorCode.CHECK_TARGETS_NONE, () -> runs.begin(LI, new SystemId(9)));
    runs.close();
    assertThat(runs.get(run).state()).isEqualTo(State.RUNNING);
    assertThat(items("one")).isEmpty();
    // would be seen if it were asked again
    host("one", ROOT + "toor:x:0:0::/:/bin/sh\n");
    targets.removeLast();
    targets.add(listed(host("two", ROOT), "linux.accounts.uid-zero"));

    runs(Duration.ofSeconds(20));

    assertThat(ended(run).said()).startsWith("2 targets: conform 2");
    assertThat(items("one")).extracting(ItemResult::stated).containsOnly(Result.CONFORM);
    assertThat(items("two")).hasSize(2);
  }

  @Test
  void waiversThatNobodySignedStopTheRunAndFeedNothing() {
    waivers = () -> Waivers.of("waivers: []\n", List.of());
    runs(Duration.ofSeconds(20));

    RecordedRun run = ended(runs.begin(LI, system));

    assertThat(run.state()).isEqualTo(State.FAILED);
    assertThat(run.said()).startsWith(ComplianceErrorCode.WAIVERS_UNSIGNED.id());
    assertThat(run.digest()).isNull();
    assertThat(items("one")).isEmpty();
  }

  @Test
  void theScheduleBeginsARunWhenItIsTimeAndNotBefore() {
    runs(Duration.ofSeconds(20));
    assertThat(runs.next()).hasValue(Instant.parse("2026-11-28T19:30:00Z"));
    clock.advance(Duration.ofHours(17));
    runs.tick();
    assertThat(runs.latest(9)).isEmpty();
    clock.advance(Duration.ofMinutes(30));

    runs.tick();
    runs.tick();

    assertThat(runs.latest(9))
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.startedBy()).isEqualTo("citywall");
              assertThat(run.system()).isNull();
            });
    ended(new CheckRunId(1));
    assertThat(runs.next()).hasValue(Instant.parse("2026-11-29T19:30:00Z"));
  }

  private void runs(Duration limit) {
    CheckSchedule schedule = new CheckSchedule("30 3 * * *", ConsoleRuntime.CHINA);
    CheckPlan plan =
        new CheckPlan(
            () -> List.copyOf(targets), folder.resolve("runs"), limit, 4, Optional.of(schedule));
    CheckFeed feed =
        new CheckFeed(
            console.changes, Checks.builtIn(), Catalogues::builtIn, waivers, ConsoleRuntime.CHINA);
    RoundFeed rounds = new RoundFeed(assessments, feed);
    runs =
        CheckRuns.start(
            console.changes,
            plan,
            new RunWork(console.changes, plan, Checks.builtIn(), waivers, rounds, clock),
            clock);
  }

  private RecordedRun ended(CheckRunId run) {
    Awaitility.await().until(() -> runs.get(run).state() != State.RUNNING);
    Awaitility.await().until(() -> runs.progress().isEmpty());
    return runs.get(run);
  }

  private List<ItemResult> items(String object) {
    return assessments.get(round).results().stream()
        .filter(item -> item.key().object().equals(object))
        .toList();
  }

  private ListedTarget listed(Target target, String profile) {
    return new ListedTarget(target, Set.of(system), profile);
  }

  private Target host(String name, String passwd) throws IOException {
    Path root = folder.resolve(name);
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/passwd"), passwd);
    Files.writeString(root.resolve("etc/os-release"), "ID=debian\nVERSION_ID=12\n");
    return new HostTarget(name, LocalHost.below(root, clock));
  }

  /** A database that does not answer before the test ends. */
  private Target hanging() {
    return new PostgresTarget(
        "core-db",
        () -> {
          try {
            letGo.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new SQLException("gone");
        });
  }

  private static void refused(ConsoleErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
