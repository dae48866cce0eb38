// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.client.CitywallIdentity;
import org.citywall.masking.client.CitywallIdentity.Clerk;
import org.citywall.masking.proxy.MaskingProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that name the person behind their statements, message by message. */
class PooledIdentityIT {

  private static final String PHONE = "SELECT phone FROM person WHERE id = 1";
  private static final String PLAIN = "13847195678";
  private static final String MASKED = "138****5678";
  private static final String RESET = "RESET citywall.identity";
  private static final Clerk LOW = Clerk.named(PooledDemo.clerk(0));
  private static final Clerk HIGH = Clerk.named(PooledDemo.clerk(1));

  private static PooledDemo demo;
  private RawClient portal;
  private CitywallIdentity identity;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    demo = PooledDemo.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    demo.close();
  }

  @BeforeEach
  void logIn() throws Exception {
    portal = demo.client("portal");
    identity = demo.identity("portal");
  }

  @AfterEach
  void logOut() throws Exception {
    portal.close();
  }

  private static String set(String token) {
    return "SET citywall.identity = '" + token + "'";
  }

  private String high() {
    return set(identity.anywhere(HIGH));
  }

  private String low() {
    return set(identity.anywhere(LOW));
  }

  /** The first value, or the code of the refusal. */
  private static String seen(List<Message> answer) {
    List<Message> rows = Message.ofType('D', answer);
    List<Message> errors = Message.ofType('E', answer);
    if (!errors.isEmpty()) {
      return errors.getFirst().field('M').split(" ", 2)[0];
    }
    return rows.isEmpty() ? "nothing" : String.valueOf(rows.getFirst().columns().getFirst());
  }

  private String phone() throws Exception {
    return seen(portal.query(PHONE));
  }

  private void run(String... statements) throws Exception {
    for (String sql : statements) {
      assertThat(Message.ofType('E', portal.query(sql))).as(sql).isEmpty();
    }
  }

  @Test
  void masksForThePersonThatTheSessionNames() throws Exception {
    assertThat(phone()).isEqualTo("MSK-0044");
    run(high());
    assertThat(phone()).isEqualTo(PLAIN);
    run(low());
    assertThat(phone()).isEqualTo(MASKED);
    run(RESET);
    assertThat(phone()).isEqualTo("MSK-0044");
    run(high(), "DISCARD ALL");
    assertThat(phone()).isEqualTo("MSK-0044");
    run(high(), "RESET ALL");
    assertThat(phone()).isEqualTo("MSK-0044");
    run("SELECT set_config('citywall.identity', '" + identity.anywhere(HIGH) + "', false)");
    assertThat(phone()).isEqualTo(PLAIN);
  }

  @Test
  void masksForThePersonThatAStatementsCommentNames() throws Exception {
    run(low());

    assertThat(seen(portal.query(identity.withComment(HIGH, PHONE)))).isEqualTo(PLAIN);
    assertThat(phone()).isEqualTo(MASKED);
    portal.send(portal.extended(identity.withComment(HIGH, PHONE)));
    assertThat(seen(portal.send(portal.sync()).untilReady())).isEqualTo(PLAIN);
    assertThat(seen(portal.query(RESET))).isEqualTo("nothing");
    portal.send(
        portal.messages.parse("", identity.withComment(HIGH, PHONE)),
        portal.messages.describe('S', ""),
        portal.messages.bind("", ""),
        portal.messages.describe('P', ""),
        portal.messages.execute(""),
        portal.sync());
    assertThat(Message.types(portal.untilReady())).isEqualTo("1tT2TDCZ");
  }

  @Test
  void takesACommentForNoOtherStatement() throws Exception {
    String comment = identity.withComment(HIGH, PHONE).substring(PHONE.length());

    assertThat(seen(portal.query(PHONE.replace("1", "2") + comment))).isEqualTo("MSK-0045");
    assertThat(seen(portal.query(PHONE + " OR true" + comment))).isEqualTo("MSK-0045");
    assertThat(seen(portal.query("/**/" + PHONE + comment))).isEqualTo("MSK-0045");
    assertThat(seen(portal.query(PHONE + comment + comment))).isEqualTo("MSK-0045");
    assertThat(seen(portal.query(PHONE + "  " + comment + ";"))).isEqualTo(PLAIN);
  }

  @Test
  void takesATokenForNoOtherSessionNorOtherUse() throws Exception {
    String session = seen(portal.query("SHOW citywall.session"));
    String token = identity.forSession(HIGH, session);
    String comment = identity.withComment(HIGH, PHONE);
    String ofComment = comment.substring(comment.indexOf('\'') + 1, comment.lastIndexOf('\''));

    run(set(token));
    assertThat(phone()).isEqualTo(PLAIN);
    try (RawClient other = demo.client("portal")) {
      assertThat(seen(other.query(set(token)))).isEqualTo("MSK-0045");
      assertThat(seen(other.query(set(identity.anywhere(HIGH))))).isEqualTo("nothing");
    }
    assertThat(seen(portal.query(PHONE + " /*citywall='" + token + "'*/"))).isEqualTo("MSK-0045");
    assertThat(seen(portal.query(set(ofComment)))).isEqualTo("MSK-0045");
    try (RawClient kiosk = demo.client("kiosk")) {
      assertThat(seen(kiosk.query(high()))).isEqualTo("MSK-0045");
    }
  }

  @Test
  void isNobodyAfterATokenThatDoesNotHold() throws Exception {
    String forged = set(demo.forger().anywhere(HIGH));
    for (String bad :
        List.of(
            forged,
            set(""),
            set("x"),
            set(demo.identityByOldKey().anywhere(HIGH)),
            set(new String(new char[5000]).replace('\0', 'A')))) {
      run(low());
      assertThat(seen(portal.query(bad))).as(bad).isEqualTo("MSK-0045");
      assertThat(phone()).isEqualTo("MSK-0048");
    }
    run(low());
    assertThat(phone()).isEqualTo(MASKED);
  }

  @Test
  void actsForNobodyButThoseWhomItMay() throws Exception {
    assertThat(seen(portal.query(set(identity.anywhere(Clerk.named("outsider"))))))
        .isEqualTo("MSK-0047");
    assertThat(seen(portal.query(set(identity.anywhere(Clerk.named("nobody"))))))
        .isEqualTo("MSK-0047");
    assertThat(seen(portal.query(set(identity.anywhere(Clerk.named("kiosk"))))))
        .isEqualTo("MSK-0047");
    assertThat(seen(portal.query(set(identity.anywhere(new Clerk("clerk-1", "FY", "", ""))))))
        .isEqualTo("MSK-0047");
    assertThat(
            seen(portal.query(set(identity.anywhere(new Clerk("clerk-1", "MZJ", "service", ""))))))
        .isEqualTo("MSK-0049");
    run(set(identity.anywhere(Clerk.named("stranger"))));
    assertThat(phone()).isEqualTo(PLAIN);
  }

  @Test
  void refusesTheNextStatementOfATokenThatIsTooOldAndEndsNoResult() throws Exception {
    run(high());
    portal.send(
        portal.messages.parse("s", PHONE.replace("1", "1 OR true")),
        portal.messages.bind("", "s"),
        portal.messages.message('E', body -> body.writeByte(0).writeInt(1)),
        portal.sync());
    assertThat(seen(portal.untilReady())).isEqualTo(PLAIN);

    demo.clock.advance(Duration.ofSeconds(61));
    assertThat(phone()).isEqualTo("MSK-0046");
    portal.send(portal.messages.bind("", "s"), portal.messages.execute(""), portal.sync());
    assertThat(seen(portal.untilReady())).isEqualTo("MSK-0046");
    run("BEGIN", "ROLLBACK", "SELECT 1", "SET application_name TO 'x'");
    String replayed = high();
    demo.clock.advance(Duration.ofSeconds(61));
    assertThat(seen(portal.query(replayed))).isEqualTo("MSK-0046");
    String ahead = high();
    demo.clock.advance(Duration.ofSeconds(-4));
    run(ahead);
    demo.clock.advance(Duration.ofSeconds(-4));
    assertThat(seen(portal.query(ahead))).isEqualTo("MSK-0046");
    demo.clock.advance(Duration.ofSeconds(8));
  }

  @Test
  void keepsATokenOfTheSessionLonger() throws Exception {
    String session = seen(portal.query("SHOW citywall.session"));
    run(set(identity.forSession(HIGH, session)));

    demo.clock.advance(Duration.ofMinutes(9));
    assertThat(phone()).isEqualTo(PLAIN);
    demo.clock.advance(Duration.ofMinutes(1));
    assertThat(phone()).isEqualTo("MSK-0046");
  }

  @Test
  void hasItsFloorWhereThePolicySaysSo() throws Exception {
    String salary = "SELECT salary FROM person WHERE id = 1";
    try (RawClient kiosk = demo.client("kiosk")) {
      assertThat(seen(kiosk.query("SELECT id FROM person WHERE id = 1"))).isEqualTo("1");
      assertThat(seen(kiosk.query(salary))).isEqualTo("null");
      kiosk.query(set(demo.identity("kiosk").anywhere(HIGH)));
      assertThat(seen(kiosk.query(salary))).isEqualTo("12000.00");
      assertThat(seen(kiosk.query(PHONE)))
          .as("above the application's clearance")
          .isEqualTo(MASKED);
      demo.clock.advance(Duration.ofSeconds(60));
      assertThat(seen(kiosk.query(salary))).isEqualTo("null");
      assertThat(seen(kiosk.query(set("forged")))).isEqualTo("MSK-0045");
      assertThat(seen(kiosk.query(salary))).as("no floor for a forger").isEqualTo("MSK-0048");
    }
  }

  @Test
  void endsALocalIdentityWithItsTransaction() throws Exception {
    run(low(), "BEGIN", high().replace("SET", "SET LOCAL"));
    assertThat(phone()).isEqualTo(PLAIN);
    run("COMMIT");
    assertThat(phone()).isEqualTo(MASKED);
    run("BEGIN", high().replace("SET", "SET LOCAL"), "ROLLBACK");
    assertThat(phone()).isEqualTo(MASKED);
    run(high().replace("SET", "SET LOCAL"));
    assertThat(phone()).as("local to nothing").isEqualTo(MASKED);
  }

  @Test
  void assumesNothingAfterAChangeThatWasRolledBack() throws Exception {
    run(low(), "BEGIN", high());
    assertThat(phone()).isEqualTo(PLAIN);
    run("ROLLBACK");
    assertThat(phone()).isEqualTo("MSK-0048");

    run(low(), "BEGIN", high(), "ROLLBACK AND CHAIN");
    assertThat(phone()).isEqualTo("MSK-0048");
    run("ROLLBACK", low(), "BEGIN", RESET, "ROLLBACK");
    assertThat(phone()).isEqualTo("MSK-0048");

    run(low(), "BEGIN", high());
    portal.query("SELECT 1 / 0");
    run("COMMIT");
    assertThat(phone()).isEqualTo("MSK-0048");

    run(low(), "BEGIN", high(), "COMMIT");
    assertThat(phone()).isEqualTo(PLAIN);
  }

  @Test
  void keepsWhatASavepointCannotTakeBackAndNothingElse() throws Exception {
    run(low(), "BEGIN", high(), "SAVEPOINT a");
    portal.query("SELECT 1 / 0");
    run("ROLLBACK TO SAVEPOINT a");
    assertThat(phone()).isEqualTo(PLAIN);
    run(low(), "ROLLBACK TO a");
    assertThat(phone()).isEqualTo("MSK-0048");
    run("COMMIT");
    assertThat(phone()).isEqualTo("MSK-0048");

    run(low(), "BEGIN", "SAVEPOINT a", high().replace("SET", "SET LOCAL"), "ROLLBACK TO a");
    assertThat(phone()).isEqualTo("MSK-0048");
    run("ROLLBACK");
  }

  @Test
  void assumesNothingInAPipelineAfterAChangeThatFailed() throws Exception {
    run(high());
    portal.send(portal.extended("SELECT 1 / 0")).send(portal.extended(low()));
    portal.send(portal.extended(PHONE)).send(portal.sync());
    portal.send(portal.extended(PHONE)).send(portal.sync());
    assertThat(Message.ofType('D', portal.untilReady())).isEmpty();
    assertThat(seen(portal.untilReady())).isEqualTo("MSK-0048");

    run(low());
    portal.send(portal.extended(high())).send(portal.extended("SELECT 1 / 0"));
    portal.send(portal.sync()).send(portal.extended(PHONE)).send(portal.sync());
    portal.untilReady();
    assertThat(seen(portal.untilReady())).isEqualTo("MSK-0048");

    run(low(), "BEGIN");
    portal.send(
        portal.messages.query("SELECT 1 / 0"),
        portal.messages.query(high()),
        portal.messages.query("ROLLBACK"),
        portal.messages.query(PHONE));
    portal.untilReady();
    portal.untilReady();
    portal.untilReady();
    assertThat(seen(portal.untilReady())).isEqualTo("MSK-0048");
  }

  @Test
  void namesSeveralPeopleInOnePipeline() throws Exception {
    portal.send(portal.extended(high())).send(portal.extended(PHONE));
    portal.send(portal.extended(low())).send(portal.extended(PHONE));
    portal.send(portal.extended(RESET)).send(portal.sync());
    List<Message> answer = portal.untilReady();
    assertThat(Message.ofType('D', answer))
        .extracting(row -> row.columns().getFirst())
        .containsExactly(PLAIN, MASKED);

    portal.send(
        portal.messages.query(high()),
        portal.messages.query("BEGIN"),
        portal.messages.query(low()),
        portal.messages.query(PHONE),
        portal.messages.query("ROLLBACK"),
        portal.messages.query(PHONE));
    for (String expected :
        List.of("nothing", "nothing", "nothing", MASKED, "nothing", "MSK-0048")) {
      assertThat(seen(portal.untilReady())).isEqualTo(expected);
    }
  }

  @Test
  void copiesInATransactionThatNamedItsPerson() throws Exception {
    run("BEGIN", high().replace("SET", "SET LOCAL"));
    portal.send(
        portal.messages.query("COPY person (id) FROM STDIN"),
        portal.messages.message('d', body -> body.writeBytes(new byte[] {'7', '7', '\n'})),
        portal.messages.message('c', body -> {}),
        portal.messages.query("ROLLBACK"));
    assertThat(Message.types(portal.untilReady())).isEqualTo("GCZ");
    assertThat(Message.types(portal.untilReady())).isEqualTo("CZ");
  }

  @Test
  void executesOnePreparedStatementForManyPeople() throws Exception {
    run(low());
    portal.send(portal.messages.parse("p", PHONE), portal.sync()).untilReady();
    for (int round = 0; round < 3; round++) {
      for (Clerk clerk : List.of(LOW, HIGH)) {
        run(set(identity.anywhere(clerk)));
        portal.send(portal.messages.bind("", "p"), portal.messages.execute(""), portal.sync());
        assertThat(seen(portal.untilReady())).isEqualTo(clerk.equals(HIGH) ? PLAIN : MASKED);
      }
    }
  }

  @Test
  void readsNoCursorAndNoPortalOnThatAnotherPersonOpened() throws Exception {
    run(high(), "BEGIN", "DECLARE c CURSOR WITH HOLD FOR " + PHONE, "COMMIT", low());
    assertThat(seen(portal.query("FETCH c"))).isEqualTo("MSK-0023");
    run("DISCARD ALL");
    assertThat(seen(portal.query("FETCH c"))).isEqualTo("MSK-0044");

    run(high(), "BEGIN");
    portal.send(portal.messages.parse("", PHONE), portal.messages.bind("open", ""), portal.sync());
    portal.untilReady();
    run(low());
    portal.send(portal.messages.execute("open"), portal.sync());
    assertThat(seen(portal.untilReady())).isEqualTo("MSK-0023");
    run("ROLLBACK");
  }

  @Test
  void refusesSeveralStatementsOfWhichOneChangesThePerson() throws Exception {
    run(high());
    assertThat(seen(portal.query("RESET ALL; " + PHONE))).isEqualTo("MSK-0023");
    assertThat(seen(portal.query(low() + "; " + PHONE))).isEqualTo("MSK-0029");
    run(high(), "BEGIN", low());
    assertThat(seen(portal.query("COMMIT; " + PHONE))).isEqualTo("MSK-0023");
    run("ROLLBACK");
  }

  @Test
  void recordsThePersonTheApplicationPurposeAndTicketAndNoToken() throws Exception {
    int before = demo.events().size();
    String token = identity.anywhere(new Clerk("clerk-3", "MZJ", "statistics", "GD-17"));
    run(set(token));
    phone();
    portal.query(identity.withComment(LOW, PHONE));
    portal.query(set("AAAA-forged-token-AAAA"));

    List<Event> events = demo.events().subList(before, demo.events().size());
    List<Event> decided =
        events.stream()
            .filter(event -> "access-decided".equals(event.text(Field.EVENT_ACTION)))
            .toList();
    assertThat(decided)
        .extracting(event -> event.text(Field.USER_NAME))
        .containsExactly("clerk-3", "clerk-0", "portal");
    assertThat(decided.getFirst().text(Field.USER_EFFECTIVE_NAME)).isEqualTo("portal");
    assertThat(decided.getFirst().text(Field.GOV_PURPOSE)).isEqualTo("statistics");
    assertThat(decided.getFirst().text(Field.GOV_TICKET_ID)).isEqualTo("GD-17");
    assertThat(decided.getFirst().text(Field.GOV_DEPARTMENT_CODE)).isEqualTo("MZJ");
    assertThat(decided.getLast().text(Field.ERROR_CODE)).isEqualTo("MSK-0045");
    assertThat(events.toString()).doesNotContain(token, "AAAA-forged");
  }

  @Test
  void observesWhomAnApplicationNamesAndChangesNothing(@TempDir Path folder) throws Exception {
    try (MaskingProxy observing = demo.observing(folder);
        RawClient client = RawClient.loggedIn(observing.address().getPort(), "portal", "secret")) {
      int before = demo.events().size();
      String session = seen(client.query("SHOW citywall.session"));
      client.query(set(identity.forSession(LOW, session)));

      assertThat(seen(client.query(PHONE))).isEqualTo(PLAIN);
      assertThat(seen(client.query(identity.withComment(HIGH, PHONE)))).isEqualTo(PLAIN);
      client.query(RESET);
      assertThat(seen(client.query(PHONE))).isEqualTo(PLAIN);
      assertThat(demo.events().subList(before, demo.events().size()))
          .filteredOn(event -> "access-decided".equals(event.text(Field.EVENT_ACTION)))
          .extracting(event -> event.text(Field.USER_NAME))
          .containsExactly("clerk-0", "clerk-1", "portal");
    }
  }

  @Test
  void letsAPersonDeclareAPurpose() throws Exception {
    String amount = "SELECT amount FROM orders WHERE id = 10";
    try (RawClient ana = demo.client("ana")) {
      assertThat(seen(ana.query(amount))).isEqualTo("null");
      ana.query("SET citywall.purpose = 'statistics'");
      assertThat(seen(ana.query(amount))).isEqualTo("5");
      assertThat(seen(ana.query("SHOW citywall.purpose"))).isEqualTo("statistics");
      ana.query("SET citywall.purpose = 'service'");
      assertThat(seen(ana.query(amount))).isEqualTo("null");
      assertThat(seen(ana.query("SET citywall.purpose = 'sport'"))).isEqualTo("MSK-0049");
      assertThat(seen(ana.query(amount))).isEqualTo("MSK-0048");
      ana.query("RESET citywall.purpose");
      assertThat(seen(ana.query(PHONE))).isEqualTo(PLAIN);
      assertThat(seen(ana.query(high()))).isEqualTo("MSK-0029");
    }
    for (String[] parameter :
        new String[][] {
          {"citywall.purpose", "statistics"}, {"options", "-c citywall.purpose=statistics"}
        }) {
      try (RawClient ana = demo.client("ana", parameter)) {
        assertThat(seen(ana.query(amount))).isEqualTo("5");
        ana.query("SET citywall.purpose = 'service'");
        ana.query("DISCARD ALL");
        assertThat(seen(ana.query(amount))).isEqualTo("5");
      }
    }
    try (RawClient ana = new RawClient(demo.port())) {
      ana.startup("ana", "demo", "citywall.purpose", "sport").prove("ana", "secret");
      assertThat(Message.text(ana.untilEnd())).contains("MSK-0049");
    }
  }

  @RandomizedTest(iterations = 30)
  void neverShowsMoreThanThePersonOfTheMomentMaySee(RandomGenerator random) throws Exception {
    String[] steps = {
      "BEGIN",
      "COMMIT",
      "ROLLBACK",
      "SAVEPOINT a",
      "ROLLBACK TO a",
      "RELEASE a",
      "SELECT 1 / 0",
      "DISCARD ALL",
      "RESET ALL",
      RESET,
      "high",
      "high local",
      "low",
      "low local",
      "forged"
    };
    BelievedPerson believed = new BelievedPerson();
    for (int i = 0; i < 12; i++) {
      String step = steps[random.nextInt(steps.length)];
      String sql =
          step.startsWith("high")
              ? high()
              : step.startsWith("low") ? low() : step.equals("forged") ? set("forged") : step;
      List<Message> answer =
          portal.query(step.endsWith("local") ? sql.replace("SET", "SET LOCAL") : sql);
      believed.after(step, Message.ofType('E', answer).isEmpty());

      String phone = phone();
      if (phone.equals(PLAIN)) {
        assertThat(believed.now()).as("after " + step).isEqualTo("high");
      }
      if (phone.equals(MASKED)) {
        assertThat(believed.now()).as("after " + step).isEqualTo("low");
      }
      believed.after("phone", phone.startsWith("1"));
    }
  }
}
