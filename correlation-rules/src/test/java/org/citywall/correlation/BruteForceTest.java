// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.Ticket;
import org.citywall.correlation.Context.TicketKind;
import org.junit.jupiter.api.Test;

class BruteForceTest {

  private static final Context NOBODY = Context.empty();
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final Story story = new Story("2026-03-10T02:00:00Z");

  @Test
  void makesOneAlertOfTenFailuresAndASuccess() {
    story.logins(10, TEN_SECONDS, "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    List<AlertUpdate> updates = story.updates(NOBODY);

    assertThat(updates).hasSize(1).first().isInstanceOf(AlertUpdate.Raised.class);
    Alert alert = updates.getFirst().alert();
    assertThat(alert.ruleId()).isEqualTo("brute-force");
    assertThat(alert.variant()).isEqualTo("success");
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.leaves())
        .containsExactlyElementsOf(LongStream.rangeClosed(0, 10).boxed().toList());
    assertThat(alert.total()).isEqualTo(11);
    assertThat(alert.firstSeen()).isEqualTo(Instant.parse("2026-03-10T02:00:00Z"));
    assertThat(alert.lastSeen()).isEqualTo(Instant.parse("2026-03-10T02:01:40Z"));
    assertThat(alert.entity()).isEqualTo("source:203.0.113.9");
    assertThat(alert.parameters()).containsEntry("failures", "10").containsEntry("account", "root");
    assertThat(updates.getFirst().triggerLeaf()).isEqualTo(10);
  }

  @Test
  void extendsTheAlertWithLaterFailures() {
    story.logins(10, TEN_SECONDS, "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root").pass(TEN_SECONDS);
    story.logins(5, TEN_SECONDS, "failure", "203.0.113.9", "admin");

    List<AlertUpdate> updates = story.updates(NOBODY);

    assertThat(updates).hasSize(6);
    assertThat(updates.subList(1, 6)).allMatch(AlertUpdate.Extended.class::isInstance);
    assertThat(Story.last(updates)).hasSize(1);
    assertThat(updates.getLast().alert().total()).isEqualTo(16);
    assertThat(updates.getLast().alert().parameters()).containsEntry("account", "root");
  }

  @Test
  void staysSilentAfterNineFailures() {
    story.logins(9, TEN_SECONDS, "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void staysSilentWhenTenFailuresTakeLongerThanTheWindow() {
    story.logins(10, Duration.ofSeconds(34), "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void staysSilentWhenTheSuccessComesTooLate() {
    story.logins(10, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    story.pass(Duration.ofMinutes(15));
    story.login("success", "203.0.113.9", "root");

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void staysSilentWhenTheSuccessCameBeforeTheFailures() {
    story.login("success", "203.0.113.9", "root").pass(TEN_SECONDS);
    story.logins(12, TEN_SECONDS, "failure", "203.0.113.9", "root");

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void takesAPersonWhoMistypesFourTimesForAPerson() {
    story.logins(4, TEN_SECONDS, "failure", "10.0.0.5", "wang");
    story.login("success", "10.0.0.5", "wang");

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void warnsOfThirtyFailuresAndRaisesTheSameAlertWhenOneSucceeds() {
    story.logins(35, Duration.ofSeconds(2), "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    List<AlertUpdate> updates = story.updates(NOBODY);

    assertThat(updates.getFirst().alert().severity()).isEqualTo(Severity.MEDIUM);
    assertThat(updates.getFirst().alert().variant()).isEqualTo("attempt");
    assertThat(updates.getFirst().alert().total()).isEqualTo(30);
    assertThat(Story.last(updates)).hasSize(1);
    assertThat(updates.getLast().alert().severity()).isEqualTo(Severity.HIGH);
    assertThat(updates.getLast().alert().total()).isEqualTo(36);
  }

  private void tries(int accounts, int each) {
    for (int i = 0; i < accounts; i++) {
      story.logins(each, Duration.ofSeconds(2), "failure", "203.0.113.9", "user" + i);
    }
  }

  @Test
  void callsAFewTriesAtEachOfManyAccountsASpray() {
    tries(30, 2);

    assertThat(story.alerts(NOBODY))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.ruleId()).isEqualTo("password-spray");
              assertThat(alert.severity()).isEqualTo(Severity.HIGH);
              assertThat(alert.parameters())
                  .containsEntry("accounts", "30")
                  .containsEntry("category", "NETWORK_ATTACK");
            });
  }

  @Test
  void callsManyTriesAtFewAccountsGuessing() {
    tries(12, 5);

    assertThat(story.alerts(NOBODY)).extracting(Alert::ruleId).containsExactly("brute-force");
  }

  @Test
  void leavesASprayByASecurityTestAlone() {
    tries(40, 2);
    Instant start = Instant.parse("2026-03-10T00:00:00Z");
    Ticket test =
        new Ticket(
            "T1", TicketKind.SECURITY_TEST, "203.0.113.9", 0, start, start.plusSeconds(86_400));

    assertThat(story.alerts(Context.builder("1").tickets(List.of(test)).build())).isEmpty();
  }

  @Test
  void countsAnAttemptThatLeavesThreeRecordsOnce() {
    Story nine = tries(9);
    Story ten = tries(10);

    assertThat(nine.alerts(NOBODY)).isEmpty();
    assertThat(ten.alerts(NOBODY))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.parameters()).containsEntry("failures", "10");
              assertThat(alert.total()).isEqualTo(31);
            });
  }

  /** What sshd and PAM write about an account that does not exist. */
  private static Story tries(int count) {
    Story story = new Story("2026-03-10T02:00:00Z");
    for (int i = 0; i < count; i++) {
      sshd(story, "ssh_login", "invalid user");
      sshd(story, "pam_authentication", "authentication failure");
      sshd(story, "ssh_login", "");
      story.pass(TEN_SECONDS);
    }
    return story.login("success", "10.0.0.5", "wang");
  }

  private static void sshd(Story story, String action, String reason) {
    story.event(
        e ->
            e.put(Field.EVENT_CATEGORY, List.of("authentication"))
                .put(Field.EVENT_OUTCOME, "failure")
                .put(Field.EVENT_ACTION, action)
                .put(Field.EVENT_REASON, reason)
                .put(Field.PROCESS_NAME, "sshd")
                .put(Field.SOURCE_IP, "10.0.0.5")
                .put(Field.USER_NAME, "wang"));
  }

  @Test
  void countsDuplicatesOnce() {
    for (int i = 0; i < 9; i++) {
      story.login("failure", "203.0.113.9", "root").again().pass(TEN_SECONDS);
    }
    story.login("success", "203.0.113.9", "root");

    assertThat(story.alerts(NOBODY)).isEmpty();
  }

  @Test
  void tellsAccountsApartBehindASharedAddress() {
    Context gateway = Context.builder("1").sharedAddresses(Set.of("10.9.9.9")).build();
    for (int i = 0; i < 12; i++) {
      story.login("failure", "10.9.9.9", "person" + i).pass(TEN_SECONDS);
    }
    story.login("success", "10.9.9.9", "person3");

    assertThat(story.alerts(gateway)).isEmpty();
    assertThat(story.alerts(NOBODY)).hasSize(1);
  }

  @Test
  void keepsQuietDuringAnApprovedSecurityTest() {
    Instant start = story.now();
    Ticket test =
        new Ticket(
            "T1", TicketKind.SECURITY_TEST, "203.0.113.9", 0, start, start.plusSeconds(3600));
    story.logins(10, TEN_SECONDS, "failure", "203.0.113.9", "root");
    story.login("success", "203.0.113.9", "root");

    assertThat(story.alerts(Context.builder("1").tickets(List.of(test)).build())).isEmpty();
  }

  @Test
  void findsTheSuccessThatOvertookTheLastFailure() {
    Instant start = story.now();
    story.logins(9, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
    story.pass(TEN_SECONDS).login("success", "203.0.113.9", "root");
    story.entry(
        EntryKind.EVENT,
        start.plusSeconds(9),
        e ->
            e.put(Field.EVENT_CATEGORY, List.of("authentication"))
                .put(Field.EVENT_OUTCOME, "failure")
                .put(Field.EVENT_PROVIDER, "sshd")
                .put(Field.SOURCE_IP, "203.0.113.9")
                .put(Field.USER_NAME, "root"));

    assertThat(story.alerts(NOBODY)).singleElement().extracting(Alert::total).isEqualTo(11L);
  }

  @Test
  void beginsANewAlertAfterAnHourOfQuiet() {
    for (int attack = 0; attack < 2; attack++) {
      story.logins(10, Duration.ofSeconds(1), "failure", "203.0.113.9", "root");
      story.login("success", "203.0.113.9", "root").pass(Duration.ofMinutes(61));
    }

    assertThat(story.alerts(NOBODY)).hasSize(2);
  }

  @Test
  void makesOneAlertOfAnAttackThatCrossesNoonOrMidnight() {
    for (String hour : List.of("03:59:30", "15:59:30")) { // noon and midnight in Asia/Shanghai
      Story attack = new Story("2026-03-10T" + hour + "Z");
      attack.logins(12, TEN_SECONDS, "failure", "203.0.113.9", "root");
      attack.login("success", "203.0.113.9", "root").pass(TEN_SECONDS);
      attack.logins(3, TEN_SECONDS, "failure", "203.0.113.9", "root");

      assertThat(attack.alerts(NOBODY)).singleElement().extracting(Alert::total).isEqualTo(16L);
    }
  }

  @Test
  void makesAnotherAlertOfAnAttackThatGoesOnForMoreThanADay() {
    for (int i = 0; i < 30; i++) {
      story.logins(12, TEN_SECONDS, "failure", "203.0.113.9", "root");
      story.login("success", "203.0.113.9", "root").pass(Duration.ofMinutes(55));
    }

    List<Alert> alerts = story.alerts(NOBODY);

    assertThat(alerts).hasSize(2);
    assertThat(alerts.getLast().firstSeen())
        .isAfterOrEqualTo(alerts.getFirst().firstSeen().plus(Duration.ofDays(1)));
    assertThat(alerts).extracting(Alert::total).containsExactly(13L * 26, 13L * 4);
  }
}
