// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementText;
import org.citywall.masking.wire.Access;
import org.citywall.masking.wire.Account;
import org.citywall.masking.wire.Actor;
import org.citywall.masking.wire.BudgetNotice;
import org.citywall.masking.wire.Completion;
import org.citywall.masking.wire.Decision;
import org.citywall.masking.wire.LookUpTrace;
import org.citywall.masking.wire.ScramVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogRecorderTest {

  private static final TableName PERSON = new TableName("public", "person");
  private static final Access ACCESS =
      new Access(
          "session-1",
          new Account(
              "ana",
              ScramVerifier.of("secret", new Random(1)),
              () -> null,
              event -> event.put(Field.GOV_DEPARTMENT_CODE, "330100-DSJ")),
          "10.1.2.3",
          "demo",
          "psql");

  private final MemoryLog log = new MemoryLog();
  private final LogRecorder recorder =
      LogRecorder.start(
          log,
          "masking-proxy/test",
          Clock.systemUTC(),
          new LogRecorder.Exposure() {
            @Override
            public int level(ColumnUse use) {
              return use.column().equals("name") ? 3 : 1;
            }

            @Override
            public String category(ColumnUse use) {
              return use.column().equals("name") ? "personal.name" : "";
            }

            @Override
            public String owner(TableName table) {
              return "330100-MZJ";
            }
          });

  @AfterEach
  void close() {
    recorder.close();
  }

  private static Decision decision(String sql, boolean sensitive) {
    return decision(sql, sensitive, ACCESS);
  }

  private static Decision decision(String sql, boolean sensitive, Access access) {
    return new Decision(
        "id-1",
        access,
        sql,
        StatementKind.SELECT,
        Decision.Outcome.MASK,
        null,
        "",
        "v7",
        sensitive ? Set.of(PERSON) : Set.of(),
        sensitive
            ? List.of(
                new ColumnUse(PERSON, "name", new Treatment.Plain()),
                new ColumnUse(PERSON, "phone", new Treatment.Hidden("above clearance")))
            : List.of(),
        sensitive);
  }

  private List<LoggedEntry> entries() {
    return log.read(0, 1000);
  }

  @Test
  void keepsDigestsOfWhatWasLookedUp() throws Exception {
    Decision plain = decision("SELECT id FROM person WHERE phone = $1", true);
    LookUpTrace phone = new LookUpTrace(PERSON, "phone", "g1", "ab12", null);

    recorder
        .decided(
            new Decision(
                plain.id(),
                plain.access(),
                plain.sql(),
                plain.kind(),
                plain.outcome(),
                null,
                "",
                "v7",
                plain.tables(),
                plain.uses(),
                true,
                List.of(phone, phone, new LookUpTrace(PERSON, "name", "g2", "cd34", null))))
        .get(10, TimeUnit.SECONDS);

    Event event = entries().getFirst().event();
    assertThat(event.texts(Field.GOV_LOOK_UP_COLUMNS))
        .containsExactly("public.person.name", "public.person.phone");
    assertThat(event.texts(Field.GOV_LOOK_UP_DIGESTS)).containsExactly("ab12", "cd34");
    assertThat(event.texts(Field.GOV_GRANT_ID)).containsExactly("g1", "g2");
  }

  @Test
  void keepsThatABudgetNearsItsEndOrIsSpent() {
    LookUpRight right = new LookUpRight(PERSON, "phone", null, 50, Duration.ofDays(1), "g1");
    Instant refill = Instant.parse("2026-11-28T16:00:00Z");

    recorder.budget(new BudgetNotice(ACCESS, right, 40, refill, false));
    recorder.budget(new BudgetNotice(ACCESS, right, 50, refill, true));
    recorder.close();

    assertThat(entries())
        .extracting(entry -> entry.event().text(Field.EVENT_ACTION))
        .containsExactly("look-up-budget-near", "look-up-budget-spent");
    Event spent = entries().getLast().event();
    assertThat(spent.text(Field.USER_NAME)).isEqualTo("ana");
    assertThat(spent.texts(Field.DB_COLUMNS)).containsExactly("public.person.phone");
    assertThat(spent.texts(Field.GOV_GRANT_ID)).containsExactly("g1");
    assertThat(spent.number(Field.GOV_BUDGET_LIMIT)).isEqualTo(50);
    assertThat(spent.number(Field.GOV_BUDGET_USED)).isEqualTo(50);
    assertThat(spent.number(Field.GOV_BUDGET_REFILL)).isEqualTo(Micros.of(refill));
  }

  @Test
  void countsForEachPersonOfASessionApart() {
    for (String name : List.of("wang", "li", "wang")) {
      Actor actor =
          new Actor(name, "portal", "service", "T-1", ACCESS.actor().rights(), event -> {}, null);
      recorder.decided(decision("SELECT 1", false, ACCESS.by(actor)));
    }

    recorder.close();

    assertThat(entries())
        .extracting(
            entry -> entry.event().text(Field.USER_NAME) + " " + entry.event().text(Field.GOV_NOTE))
        .containsExactlyInAnyOrder("wang statements: 2", "li statements: 1");
    Event event = entries().getFirst().event();
    assertThat(event.text(Field.USER_EFFECTIVE_NAME)).isEqualTo("portal");
    assertThat(event.text(Field.GOV_PURPOSE)).isEqualTo("service");
    assertThat(event.text(Field.GOV_TICKET_ID)).isEqualTo("T-1");
  }

  @Test
  void keepsADecisionWithoutTheValuesOfItsStatement() throws Exception {
    String sql = "SELECT name, phone FROM person WHERE phone = '13847195678' AND id > 42 -- 138";

    recorder.decided(decision(sql, true)).get(10, TimeUnit.SECONDS);

    LoggedEntry entry = entries().getFirst();
    Event event = entry.event();
    assertThat(entry.kind()).isEqualTo(EntryKind.DECISION);
    assertThat(event.text(Field.DB_STATEMENT))
        .isEqualTo("select name , phone from person where phone = ? and id > ?");
    assertThat(event.text(Field.USER_NAME)).isEqualTo("ana");
    assertThat(event.text(Field.GOV_DEPARTMENT_CODE)).isEqualTo("330100-DSJ");
    assertThat(event.text(Field.GOV_DECISION)).isEqualTo("mask");
    assertThat(event.text(Field.GOV_POLICY_VERSION)).isEqualTo("v7");
    assertThat(event.texts(Field.DB_TABLE)).containsExactly("public.person");
    assertThat(event.texts(Field.GOV_MASK_APPLIED)).containsExactly("public.person.phone");
    assertThat(event.number(Field.GOV_DATA_LEVEL, 0)).isEqualTo(3);
    assertThat(event.texts(Field.GOV_DATA_CATEGORY)).containsExactly("personal.name");
  }

  @Test
  void keepsHowAStatementEnded() {
    Decision decision = decision("UPDATE person SET name = 'x'", true);

    recorder.decided(decision);
    recorder.completed(new Completion(decision, "UPDATE 12", 0, "", Duration.ofMillis(3), null));
    recorder.completed(new Completion(decision, "", 4, "22P02", Duration.ofMillis(3), null));

    Awaitility.await().until(() -> log.size() == 3);
    Event done = entries().get(1).event();
    assertThat(entries().get(1).kind()).isEqualTo(EntryKind.COMPLETION);
    assertThat(done.number(Field.DB_ROWS_AFFECTED, -1)).isEqualTo(12);
    assertThat(done.text(Field.EVENT_OUTCOME)).isEqualTo("success");
    Event failed = entries().get(2).event();
    assertThat(failed.text(Field.EVENT_OUTCOME)).isEqualTo("failure");
    assertThat(failed.text(Field.ERROR_TYPE)).isEqualTo("22P02");
    assertThat(failed.number(Field.DB_ROWS_RETURNED, -1)).isEqualTo(4);
    assertThat(failed.text(Field.GOV_CLIENT_ID)).isEqualTo("id-1");
  }

  @Test
  void waitsForNothingWhereNothingIsCatalogued() {
    for (int i = 0; i < 1000; i++) {
      assertThat(recorder.decided(decision("SELECT 1", false))).isDone();
    }
    recorder.close();

    assertThat(entries())
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.event().text(Field.GOV_NOTE)).isEqualTo("statements: 1000"));
  }

  @Test
  void countsTextsThatDifferInAValueAloneAsOne() {
    for (int i = 0; i < 3000; i++) {
      recorder.decided(decision("SELECT a FROM t WHERE b = " + i, false));
    }
    recorder.decided(decision("SELECT a FROM t WHERE b = 1", false));
    recorder.close();

    assertThat(entries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event().text(Field.GOV_NOTE)).isEqualTo("statements: 3001");
              assertThat(entry.event().text(Field.DB_STATEMENT))
                  .isEqualTo("select a from t where b = ?");
            });
  }

  @Test
  void numbersItsEntriesWithoutAGap() {
    for (int i = 0; i < 500; i++) {
      recorder.decided(decision("SELECT " + i, true));
    }
    recorder.refused("nobody", "10.9.9.9", "no such account");
    recorder.close();

    List<LoggedEntry> all = entries();
    assertThat(all).hasSize(501);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).event().position().sequence()).isEqualTo(i + 1L);
    }
    assertThat(all.getLast().event().text(Field.USER_NAME)).isEqualTo("nobody");
  }

  @Test
  void refusesWhileTheLogTakesNothingAndLosesNothing() {
    log.refuseAppends(true);
    CompletableFuture<Void> refused = recorder.decided(decision("SELECT 1", true));
    Awaitility.await().until(refused::isCompletedExceptionally);
    recorder.refused("nobody", "10.9.9.9", "no such account");

    log.refuseAppends(false);

    Awaitility.await().until(() -> log.size() == 2);
    assertThat(entries().getLast().event().text(Field.USER_NAME)).isEqualTo("nobody");
  }

  @Test
  void refusesOnceItHasEnded() {
    recorder.close();

    CompletableFuture<Void> late = recorder.decided(decision("SELECT 1", true));

    assertThat(late).isCompletedExceptionally();
  }

  @Test
  void keepsWhyAStatementWasRefused() throws Exception {
    Decision refused =
        new Decision(
            "id-2",
            ACCESS,
            "COPY person TO PROGRAM 'sh'",
            null,
            Decision.Outcome.DENY,
            MaskingErrorCode.STATEMENT_KIND_REFUSED,
            "COPY",
            "v7",
            Set.of(),
            List.of(),
            true);

    recorder.decided(refused).get(10, TimeUnit.SECONDS);

    Event event = entries().getFirst().event();
    assertThat(event.text(Field.ERROR_CODE)).isEqualTo("MSK-0022");
    assertThat(event.text(Field.GOV_DECISION)).isEqualTo("deny");
    assertThat(event.text(Field.DB_STATEMENT)).isEqualTo("copy person to program ?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT E'a\\'b', $$secret$$, 1e5|select ? , ? , ?",
        "SELECT \"Tel No\" FROM t /* 138 */|select \"Tel No\" from t",
        "SELECT 'unfinished|(a text that cannot be read as a statement)"
      })
  void takesEveryValueOut(String sql, String kept) {
    assertThat(StatementText.withoutValues(sql)).isEqualTo(kept);
  }
}
