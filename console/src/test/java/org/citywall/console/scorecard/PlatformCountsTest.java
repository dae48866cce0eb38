// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.collect.SourceStatus;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.feed.Counted;
import org.citywall.compliance.feed.FeedSource;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.Actor;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.demo.DemoAssessment;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlatformCountsTest {

  private static final Actor LI = new Actor("li", "10.0.0.5");
  private static final IndexPeriod Q4 = IndexPeriod.parse("2026-Q4");
  private static final AssessmentId CORE = new AssessmentId(2);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private final MutableClock clock = MutableClock.at("2026-11-28T02:00:00Z");
  private final MemoryLog log = new MemoryLog();
  private Optional<List<SourceStatus>> sources = Optional.empty();
  private ConsoleFixture console;
  private DemoAssessment.Desk desk;
  private PlatformCounts counts;

  @BeforeEach
  void start() {
    console = ConsoleFixture.start(new StateDatabase.Embedded(folder), log, clock);
    LegalCalendar calendar = LegalCalendar.builtIn();
    Assessments assessments =
        new Assessments(console.changes, Catalogues::builtIn, clock, ConsoleRuntime.CHINA);
    desk =
        new DemoAssessment.Desk(
            new SystemRegister(console.changes, calendar),
            assessments,
            new Settling(console.changes, log::size),
            new CheckFeed(
                console.changes,
                Checks.builtIn(),
                Catalogues::builtIn,
                Waivers::none,
                ConsoleRuntime.CHINA),
            new Rectification(console.changes, assessments, calendar, clock, ConsoleRuntime.CHINA));
    counts =
        new PlatformCounts(
            () -> sources,
            desk.register(),
            desk.rectification(),
            null,
            clock,
            ConsoleRuntime.CHINA);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void countsSourcesOfNowAndNotOfAPeriodThatIsOver() {
    assertThat(counts.count(FeedSource.SOURCES_HEARD, Q4)).isEmpty();

    sources =
        Optional.of(
            List.of(
                source("a", true, 0, false),
                source("b", true, 2, false),
                source("c", true, 0, true),
                source("d", false, 0, false)));

    assertThat(counted(FeedSource.SOURCES_HEARD)).containsExactly(2L, 4L);
    assertThat(counted(FeedSource.SOURCES_WHOLE)).containsExactly(1L, 4L);
    clock.advance(Duration.ofDays(40));
    assertThat(counts.count(FeedSource.SOURCES_HEARD, Q4)).isEmpty();
    assertThat(counts.count(FeedSource.SOURCES_WHOLE, Q4)).isEmpty();
    assertThat(counts.count(FeedSource.SYSTEMS_ASSESSED, Q4)).isEmpty();
  }

  @Test
  void countsTasksThatFellDueAndNoneThatStillHaveTime() {
    DemoAssessment.fill(desk, () -> List.of(tls(Result.NONCONFORM)));
    long due =
        desk.rectification().page(null, null, 0, 500).stream()
            .filter(task -> Q4.contains(task.due()))
            .count();
    assertThat(due).isPositive();
    assertThat(counted(FeedSource.TASKS_IN_TIME)).containsExactly(0L, 0L);

    RectificationTask first =
        desk.rectification().page(null, null, 0, 500).stream()
            .filter(task -> Q4.contains(task.due()))
            .findFirst()
            .orElseThrow();
    desk.feed().feed(LI, CORE, List.of(tls(Result.CONFORM)));
    desk.rectification().mended(LI, first.id(), first.version(), "mended");
    desk.rectification().close(LI, first.id(), first.version() + 1);
    assertThat(counted(FeedSource.TASKS_IN_TIME)).containsExactly(1L, 1L);

    clock.advance(Duration.ofDays(60));
    assertThat(counted(FeedSource.TASKS_IN_TIME)).containsExactly(1L, due);
    assertThat(counts.count(FeedSource.TASKS_IN_TIME, Q4).orElseThrow().leaves()).hasSize(1);
  }

  @Test
  void countsSystemsWhoseAssessmentIsNotOverdue() {
    DemoAssessment.fill(desk, () -> List.of(tls(Result.NONCONFORM)));

    List<Long> now = counted(FeedSource.SYSTEMS_ASSESSED);

    assertThat(now.getLast()).isPositive();
    assertThat(now.getFirst()).isBetween(0L, now.getLast());
  }

  @Test
  void countsTablesOnceHoweverManyOfTheirColumnsAreMissing() {
    JsonNode masking =
        JSON.readTree(
            """
            {"tables": 10, "uncatalogued": ["a.person.phone", "a.person.name", "b.orders"]}
            """);

    Counted tables = PlatformCounts.tables(List.of(masking), "RUN-1", List.of(7L));

    assertThat(tables.good()).isEqualTo(8);
    assertThat(tables.of()).isEqualTo(10);
    assertThat(tables.leaves()).containsExactly(7L);
  }

  @Test
  void tellsOfMasksOnlyThatAllColumnsHaveOne() {
    String all = "{\"tables\": 3, \"unprotected\": [], \"enforcing\": true}";

    assertThat(masked(all)).isPresent();
    assertThat(masked(all.replace("[]", "[\"a.person.phone\"]"))).isEmpty();
    assertThat(masked(all.replace("true", "false"))).isEmpty();
    assertThat(masked(all.replace("3", "0"))).isEmpty();
  }

  private static Optional<Counted> masked(String evidence) {
    return PlatformCounts.masked(List.of(JSON.readTree(evidence)), "RUN-1", List.of());
  }

  private List<Long> counted(FeedSource source) {
    Counted counted = counts.count(source, Q4).orElseThrow();
    return List.of(counted.good(), counted.of());
  }

  private static CheckResult tls(Result result) {
    return new CheckResult(
        "postgresql.tls",
        1,
        "core-db",
        result,
        "",
        null,
        List.of(),
        null,
        "ab".repeat(32),
        Instant.parse("2026-11-28T01:00:00Z"),
        Duration.ZERO);
  }

  private SourceStatus source(String name, boolean seen, long gaps, boolean silent) {
    return new SourceStatus(
        name,
        1,
        seen ? Optional.of(clock.instant()) : Optional.empty(),
        1,
        0,
        0,
        gaps,
        1,
        silent,
        Optional.empty(),
        Optional.empty());
  }
}
