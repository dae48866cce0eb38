// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.subject.SubjectSketch;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class ExposureLedgerTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private final History history = new History();

  @RandomizedTest(iterations = 3)
  void saysWhatAStraightRecountOfTheLogSays(RandomGenerator random) {
    History made = History.random(random, 700);
    List<LoggedEntry> entries = made.entries();
    ExposureLedger ledger = ledger(entries);
    LocalDate newest = ledger.newest().orElseThrow();
    LocalDate from = newest.minusDays(random.nextInt(ExposureLedger.DAYS));

    for (Dimension by : Dimension.values()) {
      ExposureReport report = ledger.report(ExposureQuestion.of(from, newest, by));
      Set<String> values = new HashSet<>();
      for (ExposureLine line : report.lines()) {
        values.add(line.value());
        Recount recount = Recount.of(made, from, newest, by, line.value());
        assertThat(Recount.of(line)).as("%s %s", by, line.value()).isEqualTo(recount.numbers());
        if (line.exact()) {
          assertThat(line.persons()).isEqualTo(recount.persons().size());
        } else {
          assertThat((double) line.persons())
              .isCloseTo(
                  recount.persons().size(),
                  org.assertj.core.data.Percentage.withPercentage(
                      500 * SubjectSketch.STANDARD_ERROR));
        }
      }
      assertThat(values).isEqualTo(Recount.values(entries, from, newest, by));
      assertThat(report.total().rows())
          .isEqualTo(report.lines().stream().mapToLong(ExposureLine::rows).sum());
    }
  }

  @Test
  void tellsTheApplicationFromTheClerk() {
    history.completion(NOON, "clerk1", "s.person", 3, 5, null);
    history.completion(NOON, "clerk2", "s.person", 3, 6, null);
    ExposureLedger ledger = ledger(history.entries());

    assertThat(ledger.report(by(Dimension.OPERATOR)).lines())
        .extracting(ExposureLine::value)
        .containsExactly("clerk2", "clerk1");
    assertThat(ledger.report(by(Dimension.ACCOUNT)).lines())
        .extracting(ExposureLine::value, ExposureLine::rows)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("desk", 11L));
  }

  @Test
  void countsAPersonOnceWhoWasSeenByTwo() {
    history.completion(NOON, "clerk1", "s.person", 3, 2, persons("a", "b"));
    history.completion(NOON, "clerk2", "s.person", 4, 3, persons("b", "c"));
    ExposureReport report = ledger(history.entries()).report(by(Dimension.OPERATOR));

    assertThat(report.lines()).extracting(ExposureLine::persons).containsExactly(2L, 2L);
    assertThat(report.total().persons()).isEqualTo(3);
    assertThat(report.total().byLevel()).containsExactly(0L, 0L, 0L, 2L, 3L);
    assertThat(report.total().known()).isEqualTo(4);
    assertThat(report.total().unknown()).as("one row of nobody that is known").isEqualTo(1);
  }

  @Test
  void claimsNoPersonsThatASourceMerelyCounted() {
    history.database(NOON, "dba", "s.person", 4, 100, 90);
    ExposureLine total = ledger(history.entries()).report(by(Dimension.TABLE)).total();

    assertThat(total.persons()).isZero();
    assertThat(total.claimed()).isEqualTo(90);
    assertThat(total.unknown()).isEqualTo(100);
  }

  @Test
  void saysWhichStatementsHaveNoEnd() {
    history.decision(NOON, "clerk1", "mask");
    history.decision(NOON, "clerk1", "deny");
    history.decision(NOON, "clerk1", "allow");
    history.completion(NOON, "clerk1", "s.person", 3, 2, null);

    ExposureLine total = ledger(history.entries()).report(by(Dimension.OPERATOR)).total();

    assertThat(total.statements()).isEqualTo(1);
    assertThat(total.unfinished()).isEqualTo(1);
  }

  @Test
  void keepsNinetyDays() {
    history.completion(NOON, "old", "s.person", 3, 2, null);
    history.completion(NOON.plus(Duration.ofDays(1)), "kept", "s.person", 3, 2, null);
    history.completion(NOON.plus(Duration.ofDays(90)), "new", "s.person", 3, 2, null);
    history.completion(NOON, "late", "s.person", 3, 2, null);
    ExposureReport report =
        ledger(history.entries())
            .report(ExposureQuestion.of(DAY, DAY.plusDays(90), Dimension.OPERATOR));

    assertThat(report.lines()).extracting(ExposureLine::value).containsExactly("kept", "new");
    assertThat(report.tooOld()).isEqualTo(1);
  }

  @Test
  void dayBeginsAtMidnightInChina() {
    history.completion(Instant.parse("2026-03-02T15:59:59Z"), "a", "s.person", 3, 1, null);
    history.completion(Instant.parse("2026-03-02T16:00:00Z"), "a", "s.person", 3, 2, null);

    ExposureQuestion question = ExposureQuestion.of(DAY, DAY.plusDays(1), Dimension.OPERATOR);
    assertThat(ledger(history.entries()).report(question).total().byDay()).containsExactly(1L, 2L);
  }

  @RandomizedTest(iterations = 3)
  void tellsNobodyApartWhereThereIsNoRoomAndLosesNoRow(RandomGenerator random) {
    List<LoggedEntry> entries = History.random(random, 400).entries();
    ExposureLedger small = new ExposureLedger(50);
    entries.forEach(small::accept);
    ExposureLedger large = ledger(entries);
    LocalDate newest = large.newest().orElseThrow();
    ExposureQuestion question = ExposureQuestion.of(newest.minusDays(89), newest, Dimension.LEVEL);

    ExposureReport folded = small.report(question);

    assertThat(folded.folded()).isPositive();
    assertThat(small.cells()).isLessThan(50 + 5 * ExposureLedger.DAYS);
    assertThat(folded.lines().stream().map(Recount::of).toList())
        .isEqualTo(large.report(question).lines().stream().map(Recount::of).toList());
  }

  @Test
  void beginsAnewOnceForADestruction() {
    history.completion(NOON, "gone", "s.person", 3, 2, persons("a"));
    history.completion(NOON, "kept", "s.person", 3, 2, persons("b"));
    destroyed();
    ExposureLedger ledger = new ExposureLedger();
    List<Boolean> ends = history.entries().stream().map(ledger::accept).toList();
    List<LoggedEntry> left = history.entries().stream().map(this::withoutTheFirst).toList();

    ExposureLedger again = ledger.again();
    List<Boolean> endsAgain = left.stream().map(again::accept).toList();

    assertThat(ends).containsExactly(false, false, true);
    assertThat(endsAgain).containsOnly(false);
    assertThat(again.report(by(Dimension.OPERATOR)).lines())
        .extracting(ExposureLine::value)
        .containsExactly("kept");
  }

  @Test
  void narrowsToWhatIsAskedFor() {
    history.completion(NOON, "clerk1", "s.person", 3, 5, null);
    history.completion(NOON, "clerk1", "s.house", 2, 7, null);
    history.completion(NOON, "clerk2", "s.house", 2, 9, null);

    ExposureReport report =
        ledger(history.entries())
            .report(
                new ExposureQuestion(
                    DAY, DAY, Dimension.TABLE, Map.of(Dimension.OPERATOR, "clerk1")));

    assertThat(report.lines())
        .extracting(ExposureLine::value, ExposureLine::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("s.house", 7L),
            org.assertj.core.groups.Tuple.tuple("s.person", 5L));
  }

  private LoggedEntry withoutTheFirst(LoggedEntry entry) {
    Event event = entry.event();
    return entry.leaf() > 0
        ? entry
        : new LoggedEntry(
            0,
            entry.kind(),
            Event.builder(event.position(), event.timestamp(), event.received()).build(),
            true);
  }

  private void destroyed() {
    RetentionStatement statement = new RetentionStatement.Completed(1, List.of("index: erased"));
    history.add(
        EntryKind.RETENTION,
        Event.builder(new SourcePosition("log", 1, 1), NOON, NOON)
            .put(Field.EVENT_ACTION, statement.act())
            .put(Field.EVENT_ORIGINAL, statement.text()));
  }

  private static SubjectTally persons(String... names) {
    SubjectTally tally = new SubjectTally(History.KEY);
    for (String name : names) {
      tally.person(name);
      tally.rows(1);
    }
    return tally;
  }

  private static ExposureQuestion by(Dimension by) {
    return ExposureQuestion.of(DAY, DAY, by);
  }

  static ExposureLedger ledger(List<LoggedEntry> entries) {
    ExposureLedger ledger = new ExposureLedger();
    entries.forEach(ledger::accept);
    return ledger;
  }
}
