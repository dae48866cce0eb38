// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.sql.TestRights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Look-ups by true values over the wire: three a day of a telephone number. */
class LookUpIT {

  private static final String ANNA = "13847195678";
  private static final String NOBODY = "13900000000";
  private static final String BY_PHONE = "SELECT id, phone FROM person WHERE phone = ";
  private static final int FLOAT8 = 701;

  private static ProxiedDemo demo;

  private RawClient client;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
    demo.see(
        TestRights.ofLookUps()
            .lookUp("public.person", "phone", IdentifierKind.MOBILE_NUMBER, 3)
            .lookUp("public.person", "id_card", IdentifierKind.RESIDENT_ID, 3),
        "look-up");
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @BeforeEach
  void logInOnANewDay() throws IOException {
    demo.proxy().clock.advance(Duration.ofDays(1));
    demo.record().decisions.clear();
    demo.record().budgets.clear();
    client = demo.client();
  }

  @AfterEach
  void logOut() throws IOException {
    client.close();
  }

  @Test
  void findsTheRowsOfAValueBehindTheirMasks() throws IOException {
    List<Message> answer = client.query(BY_PHONE + "'" + ANNA + "'");

    assertThat(rows(answer)).containsExactly(List.of("1", "138****5678"));
    assertThat(rows(client.query(BY_PHONE + "'" + NOBODY + "'"))).isEmpty();
    assertThat(rows(client.query("SELECT id FROM person WHERE phone LIKE '13847195678'")))
        .isEmpty();
  }

  @Test
  void countsHitsAndMissesAndSaysWhenTheBudgetIsFilledAgain() throws IOException {
    for (String value : List.of(ANNA, NOBODY, ANNA)) {
      assertThat(errors(client.query(BY_PHONE + "'" + value + "'"))).isEmpty();
    }
    List<Message> refused = client.query(BY_PHONE + "'" + ANNA + "'");

    assertThat(errors(refused))
        .singleElement()
        .asString()
        .startsWith("MSK-0041 public.person.phone, 3");
    assertThat(errors(refused).getFirst()).endsWith("again from " + refill());
    assertThat(rows(client.query("SELECT 7"))).containsExactly(List.of("7"));
    assertThat(demo.record().budgets).extracting(BudgetNotice::spent).containsExactly(false, true);
    assertThat(demo.record().decisions)
        .filteredOn(one -> one.outcome() == Decision.Outcome.DENY)
        .hasSize(1);

    demo.proxy().clock.advance(Duration.ofDays(1));
    assertThat(rows(client.query(BY_PHONE + "'" + ANNA + "'"))).hasSize(1);
  }

  private static String refill() {
    long day = Duration.ofDays(1).toSeconds();
    long china = demo.proxy().clock.instant().getEpochSecond() + 8 * 3600;
    return java.time.Instant.ofEpochSecond((china / day + 1) * day - 8 * 3600).toString();
  }

  @Test
  void countsAListAsAWhole() throws IOException {
    String three = " IN ('" + ANNA + "', '" + NOBODY + "', '13900000001')";
    String by = "SELECT id FROM person WHERE phone";
    assertThat(rows(client.query(by + three))).hasSize(1);

    assertThat(errors(client.query(by + " = '" + ANNA + "'"))).hasSize(1);
    demo.proxy().clock.advance(Duration.ofDays(1));
    assertThat(errors(client.query(by + " = '" + ANNA + "'"))).isEmpty();
    assertThat(errors(client.query(by + three))).hasSize(1);
  }

  @Test
  void keepsADigestAndNoValueInTheDecision() throws IOException {
    client.query(BY_PHONE + "'" + ANNA + "'");
    bind(BY_PHONE + "$1", 0, ANNA.getBytes(StandardCharsets.UTF_8));

    String digest = TestProxy.DIGEST.of(Sensitive.of(ANNA));
    assertThat(demo.record().decisions)
        .hasSize(2)
        .allSatisfy(
            decision ->
                assertThat(decision.lookUps())
                    .singleElement()
                    .extracting(LookUpTrace::digest)
                    .isEqualTo(digest));
  }

  @Test
  void looksUpBoundValuesAsTextAndInBinary() throws IOException {
    for (int format : List.of(0, 1)) {
      List<Message> answer = bind(BY_PHONE + "$1", format, ANNA.getBytes(StandardCharsets.UTF_8));
      assertThat(rows(answer)).containsExactly(List.of("1", "138****5678"));
    }
  }

  @Test
  void countsEachBindAndNothingElse() throws IOException {
    client.send(client.messages.parse("s", BY_PHONE + "$1"), client.messages.describe('S', "s"));
    assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("1tTZ");
    for (int i = 0; i < 3; i++) {
      client.send(bind("", "s", 0, ANNA.getBytes(StandardCharsets.UTF_8)));
      client.send(client.messages.execute(""), client.messages.execute(""));
      assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("2DCCZ");
    }
    client.send(bind("", "s", 0, ANNA.getBytes(StandardCharsets.UTF_8)));
    client.send(client.messages.execute(""));
    List<Message> refused = client.send(client.sync()).untilReady();

    assertThat(Message.types(refused)).isEqualTo("EZ");
    assertThat(errors(refused).getFirst()).startsWith("MSK-0041");
    assertThat(rows(client.query("SELECT 7"))).hasSize(1);
  }

  @Test
  void endsAPipelineWhereTheBudgetEnds() throws IOException {
    client.send(client.messages.parse("s", BY_PHONE + "$1"));
    for (int i = 0; i < 5; i++) {
      client.send(bind("", "s", 0, ANNA.getBytes(StandardCharsets.UTF_8)));
      client.send(client.messages.execute(""));
    }
    client.send(client.sync(), client.messages.query("SELECT 7"));

    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("12DC2DC2DCEZ");
    assertThat(rows(client.untilReady())).containsExactly(List.of("7"));
  }

  @Test
  void refusesBoundValuesThatAreNotWhole() throws IOException {
    for (int format : List.of(0, 1)) {
      for (String value : List.of("", "138", "138%", "138****5678", " " + ANNA)) {
        List<Message> answer =
            bind(BY_PHONE + "$1", format, value.getBytes(StandardCharsets.UTF_8));
        assertThat(errors(answer)).singleElement().asString().startsWith("MSK-0040");
      }
    }
    assertThat(errors(bind(BY_PHONE + "$1", 0, null))).hasSize(1);
    assertThat(errors(client.query(BY_PHONE + "'138'"))).hasSize(1);
    assertThat(rows(bind(BY_PHONE + "$1", 0, ANNA.getBytes(StandardCharsets.UTF_8)))).hasSize(1);
  }

  @Test
  void refusesParametersWhoseTypeWouldHideTheValue() throws IOException {
    byte[] number = ByteBuffer.allocate(8).putDouble(13_847_195_678.0).array();
    ByteBuf parse =
        client.messages.message(
            'P',
            body -> {
              Messages.text(body, "");
              Messages.text(body, BY_PHONE + "$1");
              body.writeShort(1).writeInt(FLOAT8);
            });

    client.send(parse, bind("", "", 1, number), client.messages.execute(""));
    assertThat(errors(client.send(client.sync()).untilReady()).getFirst()).startsWith("MSK-0040");
  }

  @Test
  void givesParametersTheTypeThatTheyAreComparedAs() throws IOException {
    String twice = "SELECT $1::text FROM person WHERE phone = $1";
    assertThat(rows(bind(twice, 0, ANNA.getBytes(StandardCharsets.UTF_8))))
        .containsExactly(List.of(ANNA));
    byte[] number = ByteBuffer.allocate(8).putDouble(13_847_195_678.0).array();
    List<Message> answer = bind("SELECT $1::float8 FROM person WHERE phone = $1::text", 1, number);
    assertThat(errors(answer)).isNotEmpty();
    assertThat(rows(answer)).isEmpty();
  }

  @Test
  void refusesSqlThatRunsAStatementWhichLooksUp() throws IOException {
    client.send(client.messages.parse("s", BY_PHONE + "$1"));
    client.send(client.sync()).untilReady();
    for (String text :
        List.of(
            "EXECUTE s('13847195678')",
            "SELECT 1; EXECUTE s('13847195678')",
            "EXPLAIN ANALYZE EXECUTE s('13847195678')",
            "CREATE TEMP TABLE t1 AS EXECUTE s('13847195678')")) {
      assertThat(errors(client.query(text))).as(text).hasSize(1);
    }
    client.query("PREPARE p(text) AS " + BY_PHONE + "$1");
    assertThat(rows(client.query("EXECUTE p('13847195678')"))).isEmpty();
  }

  @Test
  void looksUpWhatIsWritten() throws IOException {
    List<Message> answer =
        client.query("UPDATE person SET dept = 'counter' WHERE phone = '" + ANNA + "'");

    assertThat(errors(answer)).isEmpty();
    assertThat(rows(client.query("SELECT id FROM person WHERE dept = 'counter'")))
        .containsExactly(List.of("1"));
    client.query("UPDATE person SET dept = 'finance' WHERE phone = '" + ANNA + "'");
    client.query("DELETE FROM orders WHERE id = 0");
    assertThat(errors(client.query("DELETE FROM person WHERE phone = '138'"))).hasSize(1);
  }

  @Test
  void servesDrivers() throws SQLException {
    try (Connection ana = demo.proxy().connect(ProxiedDemo.USER, "prepareThreshold=1");
        PreparedStatement byPhone = ana.prepareStatement(BY_PHONE + "?")) {
      for (String value : List.of(ANNA, NOBODY, ANNA)) {
        byPhone.setString(1, value);
        try (ResultSet rows = byPhone.executeQuery()) {
          assertThat(rows.next()).isEqualTo(value.equals(ANNA));
        }
      }
    }
  }

  private List<Message> bind(String sql, int format, byte @Nullable [] value) throws IOException {
    client.send(client.messages.parse("", sql), bind("", "", format, value));
    client.send(client.messages.execute(""));
    return client.send(client.sync()).untilReady();
  }

  private ByteBuf bind(String portal, String statement, int format, byte @Nullable [] value) {
    return client.messages.message(
        'B',
        body -> {
          Messages.text(body, portal);
          Messages.text(body, statement);
          body.writeShort(1).writeShort(format).writeShort(1);
          if (value == null) {
            body.writeInt(-1);
          } else {
            body.writeInt(value.length).writeBytes(value);
          }
          body.writeShort(0);
        });
  }

  private static List<List<@Nullable String>> rows(List<Message> answer) {
    return Message.ofType('D', answer).stream().map(Message::columns).toList();
  }

  private static List<String> errors(List<Message> answer) {
    return Message.ofType('E', answer).stream().map(one -> one.field('M')).toList();
  }
}
