// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.HoldScope;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.AccountOrder;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LockOutPolicy;
import org.citywall.console.account.Role;
import org.citywall.console.account.StoredAccounts;
import org.citywall.console.incident.AlertErasure;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentSummary;
import org.citywall.console.retention.RetentionOrder.Approve;
import org.citywall.console.retention.RetentionOrder.Destroy;
import org.citywall.console.retention.RetentionOrder.Hold;
import org.citywall.console.retention.RetentionOrder.Lift;
import org.citywall.console.retention.RetentionOrder.Propose;
import org.citywall.console.retention.RetentionOrder.Withdraw;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.Alerts;
import org.citywall.console.testing.ConsoleFixture;
import org.citywall.console.testing.KeptLogs;
import org.citywall.correlation.Alert;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may order what, and what the log says of it. */
class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final Payloads OLD = new Payloads("a", YearMonth.of(2021, 3));
  private static final Sensitive<String> CHOSEN = Sensitive.of("Correct-Horse-77-Battery");
  private static final Map<Class<?>, Set<Role>> DUTIES =
      Map.of(
          Hold.class, Set.of(Role.ADMIN, Role.CHIEF),
          Lift.class, Set.of(Role.ADMIN),
          Propose.class, Set.of(Role.ADMIN),
          Withdraw.class, Set.of(Role.ADMIN, Role.CHIEF),
          Approve.class, Set.of(Role.CHIEF),
          Destroy.class, Set.of(Role.ADMIN));

  @TempDir private Path data;
  private KeptLog log;
  private RetentionWork work;
  private ConsoleFixture console;
  private Accounts accounts;
  private Retention retention;

  @BeforeEach
  void start() {
    MutableClock clock = MutableClock.at(NOW.toString());
    log = KeptLogs.openAt(data, NOW);
    log.append(List.of(KeptLogs.entry(1, Instant.parse("2021-03-15T08:00:00Z"), OLD.group())));
    work = RetentionWork.start(log, RetentionPolicy.DEFAULT);
    console = ConsoleFixture.start(new StateDatabase.Embedded(data.resolve("state")), log, clock);
    accounts = new StoredAccounts(console.changes, LockOutPolicy.STANDARD, clock, new Random(7));
    retention = new Retention(work, accounts, console.changes, clock);
    Awaitility.await().until(work::isSettled);
  }

  @AfterEach
  void stop() {
    console.close();
    work.close();
    log.close();
  }

  private Actor account(String name, Role role) {
    Actor actor = new Actor(name, "10.0.0.5");
    Sensitive<String> given =
        accounts.create(new Actor("setup", "10.0.0.4"), name, name, Set.of(role));
    accounts.changePassword(actor, given, CHOSEN);
    return actor;
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void takesOrdersOfEachRoleForItsDutyOnly(Role role) {
    Actor actor = account("somebody", role);
    List<RetentionOrder> orders =
        List.of(
            new Hold(new HoldScope(null, null, null), "", ""),
            new Lift(999, "why"),
            new Propose(new Payloads("a", YearMonth.of(2026, 9)), "why"),
            new Withdraw(999),
            new Approve(999),
            new Destroy(999));

    for (RetentionOrder order : orders) {
      ErrorCode code = refusal(actor, order);

      assertThat(code == ConsoleErrorCode.RETENTION_ROLE)
          .as("%s by %s: %s", order, role, code)
          .isEqualTo(!DUTIES.get(order.getClass()).contains(role));
    }
    assertThat(acts("retention-refused")).hasSize(orders.size());
  }

  private ErrorCode refusal(Actor actor, RetentionOrder order) {
    return Objects.requireNonNull(
            catchThrowableOfType(PlatformException.class, () -> retention.carryOut(actor, order)))
        .code();
  }

  @Test
  void namesWhoOrderedADestructionBeforeItBegins() {
    Actor zhao = account("zhao", Role.ADMIN);
    Actor wang = account("wang", Role.CHIEF);
    long approval =
        retention.carryOut(wang, new Approve(retention.carryOut(zhao, new Propose(OLD, "rule 7"))));

    retention.carryOut(zhao, new Destroy(approval));

    List<String> actions =
        log.read(0, 100).stream()
            .map(entry -> String.valueOf(entry.event().text(Field.EVENT_ACTION)))
            .toList();
    assertThat(actions)
        .containsSubsequence(
            "destruction-proposed",
            "retention-approved",
            "retention-destruction-ordered",
            "payloads-destroyed",
            "destruction-completed");
    assertThat(acts("retention-destruction-ordered"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.text(Field.USER_NAME)).isEqualTo("zhao");
              assertThat(event.text(Field.SOURCE_IP)).isEqualTo("10.0.0.5");
            });
    assertThat(retention.board().done()).hasSize(1);
    assertThat(retention.board().due()).isEmpty();
  }

  @Test
  void erasesWhatAlertsQuoteOfDestroyedEntriesAndNothingElse() {
    long kept = log.append(List.of(KeptLogs.entry(2, NOW, "b")))[0];
    console.raise(
        Alerts.raised(1, "10.9.9.9 zhang.san", Severity.HIGH, 0L, kept),
        Alerts.raised(2, "10.8.8.8 li.si", Severity.LOW, kept));
    work.erasing(new AlertErasure(console.changes, log)::erase);
    Actor zhao = account("zhao", Role.ADMIN);
    Actor wang = account("wang", Role.CHIEF);
    long approval =
        retention.carryOut(wang, new Approve(retention.carryOut(zhao, new Propose(OLD, "rule 7"))));

    retention.carryOut(zhao, new Destroy(approval));

    Awaitility.await().until(() -> !acts("alert-texts-erased").isEmpty());
    assertThat(acts("alert-texts-erased"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.text(Field.GOV_NOTE)).isEqualTo("alerts: 1");
              assertThat(event.texts(Field.GOV_LEAVES))
                  .containsExactly(Long.toString(log.retention().destructions().getFirst().leaf()));
            });
    List<IncidentSummary> incidents =
        console.incidents.queue(IncidentFilter.ALL, null, 10).incidents();
    assertThat(incidents)
        .extracting(IncidentSummary::groupKey)
        .containsExactlyInAnyOrder("", "10.8.8.8 li.si");
    assertThat(tables()).contains("li.si").doesNotContain("zhang.san");
    Alert erased =
        incidents.stream().map(IncidentSummary::alert).filter(Alert::isErased).findFirst().get();
    assertThat(erased.entity()).isEmpty();
    assertThat(erased.total()).isEqualTo(2);

    // A start looks again and finds nothing to do.
    work.erasing(new AlertErasure(console.changes, log)::erase);
    account("after", Role.DBA);
    assertThat(acts("alert-texts-erased")).hasSize(1);
  }

  /** Everything that the tables say of alerts and incidents. */
  private String tables() {
    return console.store.read(
        jdbc ->
            jdbc.sql("select * from alert").query().listOfRows()
                + " "
                + jdbc.sql("select * from incident").query().listOfRows());
  }

  @Test
  void leavesAnEntryForARefusalByTheRules() {
    Actor zhao = account("zhao", Role.ADMIN);
    retention.carryOut(zhao, new Hold(new HoldScope("a", null, null), "", "case 12"));

    assertThat(refusal(zhao, new Propose(OLD, "rule 7"))).isEqualTo(AuditErrorCode.PAYLOADS_HELD);

    assertThat(acts("retention-refused"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.text(Field.USER_NAME)).isEqualTo("zhao");
              assertThat(event.text(Field.ERROR_CODE)).isEqualTo("AUD-0121");
              assertThat(event.text(Field.GOV_NOTE)).contains("propose", "group a of 2021-03");
            });
    assertThat(retention.board().due())
        .singleElement()
        .satisfies(
            due ->
                assertThat(Objects.requireNonNull(due.held()).code())
                    .isEqualTo(AuditErrorCode.PAYLOADS_HELD));
  }

  @Test
  void takesNoOrderOfAnAccountThatIsClosedOrHasAGivenPassword() {
    Actor fresh = new Actor("fresh", "10.0.0.5");
    accounts.create(new Actor("setup", "10.0.0.4"), "fresh", "fresh", Set.of(Role.ADMIN));
    Actor gone = account("gone", Role.ADMIN);
    account("other", Role.ADMIN);
    long version = accounts.find("gone").orElseThrow().credentialVersion();
    accounts.close(new Actor("other", ""), new AccountOrder("gone", version, ""));

    for (Actor actor : List.of(fresh, gone, new Actor("nobody", ""))) {
      assertThat(refusal(actor, new Propose(OLD, "rule 7")))
          .isEqualTo(ConsoleErrorCode.RETENTION_ROLE);
    }
    assertThat(retention.board().waiting()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2021-03", "2021-13 a", "March a"})
  void understandsNoPayloadsThatAreNone(String payloads) {
    assertThatThrownBy(
            () -> RetentionOrder.of("propose", Map.of("payloads", payloads, "reason", "rule 7")))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.RETENTION_STATEMENT_INVALID));
  }

  private List<Event> acts(String action) {
    return log.read(0, 1000).stream()
        .map(LoggedEntry::event)
        .filter(event -> action.equals(event.text(Field.EVENT_ACTION)))
        .toList();
  }
}
