// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.feed.Counted;
import org.citywall.compliance.feed.FeedSource;
import org.citywall.compliance.feed.IndexFeeds;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.compliance.score.RuleName;
import org.citywall.compliance.score.Scoring;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.scorecard.IndexBoard.State;
import org.citywall.console.scorecard.IndexValue.Origin;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IndexBookTest {

  private static final Actor LI = new Actor("li", "10.0.0.5");
  private static final Actor WANG = new Actor("wang", "10.0.0.6");
  private static final Catalogue INDEX = Catalogues.builtIn().get("data-security-index");
  private static final IndexPeriod Q4 = IndexPeriod.parse("2026-Q4");

  @TempDir private Path folder;

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-11-28T02:00:00Z");
  private final Map<FeedSource, Counted> counted = new EnumMap<>(FeedSource.class);
  private ConsoleFixture console;
  private IndexBook book;

  @BeforeEach
  void start() {
    console = ConsoleFixture.start(new StateDatabase.Embedded(folder), log, clock);
    book =
        new IndexBook(
            console.changes,
            INDEX,
            IndexFeeds.builtIn(INDEX),
            (source, period) -> Optional.ofNullable(counted.get(source)),
            log::size,
            clock,
            ConsoleRuntime.CHINA);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void takesWhatFeedsTellAndInventsNothing() {
    counted.put(FeedSource.SOURCES_HEARD, new Counted(3, 4, "sources", List.of()));

    IndexBoard board = book.recompute(LI, Q4, 0);

    assertThat(board.version()).isEqualTo(1);
    assertThat(board.values()).hasSize(14);
    IndexValue heard = board.value("audit-coverage").orElseThrow();
    assertThat(heard.origin()).isEqualTo(Origin.FEED);
    assertThat(heard.reached()).isEqualByComparingTo("75");
    assertThat(heard.explanation().en()).startsWith("3 of 4");
    assertThat(board.values().stream().filter(v -> v.reached() != null)).hasSize(1);
    assertThat(board.score().unsettled()).hasSize(13);
    assertThat(board.figure()).startsWith("≥ ");
    for (Catalogue.Group dimension : INDEX.groups()) {
      String figure = board.figure(dimension);
      assertThat(figure).isEqualTo(dimension.id().equals("audit") ? "≥ 37.50" : "–");
    }
    assertThat(log.read(log.size() - 1).event().text(Field.EVENT_ACTION))
        .isEqualTo("compliance-index-recomputed");
    assertThat(log.read(log.size() - 1).event().text(Field.GOV_NOTE)).contains("audit-coverage=75");
  }

  @Test
  void entersWhatThePlatformCannotTellWithItsTwoTimes() {
    counted.put(FeedSource.SOURCES_HEARD, new Counted(3, 4, "sources", List.of()));
    book.recompute(LI, Q4, 0);

    IndexBoard board = book.enter(WANG, Q4, 1, "training-trained", entry("87.5"));

    IndexValue value = board.value("training-trained").orElseThrow();
    assertThat(value.origin()).isEqualTo(Origin.MANUAL);
    assertThat(value.reached()).isEqualByComparingTo("87.5");
    assertThat(value.from()).isEqualTo("2026-10-01");
    assertThat(value.recordedAt()).isEqualTo(clock.instant());
    assertThat(value.recordedBy()).isEqualTo("wang");
    refused(
        ConsoleErrorCode.INDEX_FED, () -> book.enter(LI, Q4, 2, "audit-coverage", entry("100")));
    refused(
        ConsoleErrorCode.INDEX_CHANGED, () -> book.enter(LI, Q4, 1, "audit-gaps", entry("100")));
    refused(
        ConsoleErrorCode.INDEX_ENTRY_INVALID,
        () -> book.enter(LI, Q4, 2, "audit-gaps", entry("101")));
    refused(
        ConsoleErrorCode.INDEX_ENTRY_INVALID, () -> book.enter(LI, Q4, 2, "nothing", entry("1")));

    assertThat(book.recompute(LI, Q4, 2).value("training-trained")).contains(value);
  }

  @Test
  void onePersonPreparesAndAnotherSignsAndTheReportScoresTheSame() {
    long version = filled();
    refused(ConsoleErrorCode.INDEX_RUNNING, () -> book.prepare(LI, Q4, version));
    clock.advance(Duration.ofDays(40));

    IndexBoard prepared = book.prepare(LI, Q4, version);
    refused(ConsoleErrorCode.INDEX_OWN, () -> book.sign(LI, Q4, version + 1));
    refused(
        ConsoleErrorCode.INDEX_STATE,
        () -> book.enter(LI, Q4, version + 1, "audit-gaps", entry("1")));
    IndexBoard signed = book.sign(WANG, Q4, version + 1);

    assertThat(prepared.state()).isEqualTo(State.PREPARED);
    assertThat(signed.state()).isEqualTo(State.FROZEN);
    JsonNode report = JsonMapper.builder().build().readTree(signed.report());
    assertThat(report.path("signed-by").asString()).isEqualTo("wang");
    assertThat(report.path("draft").asBoolean()).isFalse();
    assertThat(
            Scoring.builtIn(RuleName.INDEX).score(report.at("/scores/0/input").toString()).score())
        .isEqualByComparingTo(signed.score().score())
        .isEqualByComparingTo("80");
    assertThat(log.read(log.size() - 1).event().text(Field.GOV_NOTE)).contains(signed.digest());
    assertThat(book.past(5)).extracting(IndexBook.Past::period).containsExactly("2026-Q4");
    assertThat(book.acts(Q4, 2))
        .extracting(IndexActs.Done::action)
        .containsExactly("signed", "prepared");
  }

  @Test
  void aPeriodWithoutAllValuesIsNotPrepared() {
    book.recompute(LI, Q4, 0);
    clock.advance(Duration.ofDays(40));

    refused(ConsoleErrorCode.INDEX_UNSETTLED, () -> book.prepare(LI, Q4, 1));
  }

  @Test
  void aSignedPeriodNeverChangesWhateverIsTried() {
    long version = filled();
    clock.advance(Duration.ofDays(40));
    book.prepare(LI, Q4, version);
    IndexBoard signed = book.sign(WANG, Q4, version + 1);
    long size = log.size();
    SplittableRandom random = new SplittableRandom(6);

    for (int i = 0; i < 200; i++) {
      long any = random.nextInt((int) version + 5);
      Actor who = random.nextBoolean() ? LI : WANG;
      counted.put(FeedSource.SOURCES_HEARD, new Counted(random.nextInt(5), 5, "q", List.of()));
      int act = random.nextInt(5);
      refused(
          ConsoleErrorCode.INDEX_STATE,
          () -> {
            switch (act) {
              case 0 -> book.recompute(who, Q4, any);
              case 1 -> book.enter(who, Q4, any, "audit-gaps", entry("1"));
              case 2 -> book.prepare(who, Q4, any);
              case 3 -> book.sendBack(who, Q4, any, "why");
              default -> book.sign(who, Q4, any);
            }
          });
    }

    assertThat(book.board(Q4)).isEqualTo(signed);
    assertThat(log.size()).isEqualTo(size);
  }

  @Test
  void showsNoSignedPeriodThatIsNotWhatWasSigned() {
    long version = filled();
    clock.advance(Duration.ofDays(40));
    book.prepare(LI, Q4, version);
    IndexBoard signed = book.sign(WANG, Q4, version + 1);

    sql("update index_value set reached = 1");
    assertThat(book.board(Q4)).isEqualTo(signed);

    sql("update index_period set content = replace(content, '80', '99')");
    refused(ConsoleErrorCode.INDEX_ALTERED, () -> book.board(Q4));
  }

  private void sql(String statement) {
    console.changes.store().inTransaction(jdbc -> jdbc.sql(statement).update());
  }

  /** Enters 80 for everything; the version after it. */
  private long filled() {
    long version = 0;
    for (Catalogue.Item item : INDEX.items()) {
      version = book.enter(LI, Q4, version, item.id(), entry("80")).version();
    }
    return version;
  }

  private static IndexEntry entry(String value) {
    return new IndexEntry(
        new BigDecimal(value),
        "统计表",
        Evidence.brought(
            "统计表", null, "a".repeat(64), LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31)));
  }

  private static void refused(ConsoleErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
