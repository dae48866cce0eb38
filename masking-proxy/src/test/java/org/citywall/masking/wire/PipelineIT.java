// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages sent ahead of their answers, and answers that do not come as one would think. */
class PipelineIT {

  private static final String PHONES = "SELECT phone || '' FROM person ORDER BY id";

  private static ProxiedDemo demo;

  private RawClient client;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @BeforeEach
  void logIn() throws IOException {
    client = demo.client();
  }

  @AfterEach
  void logOut() throws IOException {
    client.close();
  }

  @Test
  void resolvesNamesBehindASearchPathOfTheSamePipeline() throws IOException {
    client.send(client.extended("SET search_path TO other"));
    client.send(client.extended("SELECT phone FROM person"));
    client.send(client.extended("SET search_path TO public"));
    client.send(client.extended(PHONES));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.types(answer)).isEqualTo("12C12DC12C12DDDCZ");
    assertThat(firstColumns(answer))
        .containsExactly("public", "138****5678", "139****6789", "136****7890");
  }

  @Test
  void resolvesNamesBehindARollbackOfTheSamePipeline() throws IOException {
    isFine(client.query("BEGIN"));
    isFine(client.query("SET search_path TO other"));
    isFine(client.query("SELECT phone FROM person"));
    client.query("SELECT 1 / 0");

    client.send(client.messages.query("ROLLBACK"), client.messages.query(PHONES));
    isFine(client.untilReady());

    assertThat(firstColumns(client.untilReady()))
        .containsExactly("138****5678", "139****6789", "136****7890");
  }

  @Test
  void resolvesNamesBehindARolledBackSearchPathOfAnImplicitTransaction() throws IOException {
    client.send(client.extended("SET search_path TO other"));
    client.send(client.extended("SELECT phone FROM person"));
    client.send(client.extended("SELECT 1 / 0"));
    client.send(client.sync()).untilReady();

    assertThat(firstColumns(client.query(PHONES)))
        .containsExactly("138****5678", "139****6789", "136****7890");
  }

  @Test
  void resolvesNamesBehindALocalSearchPath() throws IOException {
    isFine(client.query("BEGIN"));
    isFine(client.query("SET LOCAL search_path TO other"));
    assertThat(firstColumns(client.query("SELECT phone FROM person"))).containsExactly("public");
    isFine(client.query("COMMIT"));

    assertThat(firstColumns(client.query(PHONES))).hasSize(3);
  }

  @Test
  void runsAStatementWhoseDescriptionFellToAnErrorBefore() throws IOException {
    client.send(client.messages.parse("s", PHONES), client.sync()).untilReady();

    client.send(client.extended("SELECT 1 / 0"));
    client.send(client.messages.describe('S', "s"), client.sync());
    client.send(client.messages.bind("", "s"), client.messages.execute(""), client.sync());
    assertThat(Message.types(client.untilReady())).isEqualTo("1EZ");
    List<Message> answer = client.untilReady();

    assertThat(Message.types(answer)).isEqualTo("2DDDCZ");
    assertThat(firstColumns(answer)).containsExactly("138****5678", "139****6789", "136****7890");
  }

  @Test
  void runsAStatementManyTimesInOneGroupBehindOneDescription() throws IOException {
    client.send(client.messages.parse("s", PHONES), client.messages.describe('S', "s"));
    for (int i = 0; i < 3; i++) {
      client.send(client.messages.bind("", "s"), client.messages.execute(""));
    }
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.types(answer)).isEqualTo("1tT2DDDC2DDDC2DDDCZ");
  }

  @Test
  void answersEachOfManyStatementsInOrder() throws IOException {
    for (int i = 0; i < 1000; i++) {
      client.send(client.extended("SELECT " + i + " FROM orders WHERE id = 10"));
    }
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.ofType('E', answer)).isEmpty();
    List<String> numbers = firstColumns(answer);
    assertThat(numbers).hasSize(1000);
    for (int i = 0; i < 1000; i++) {
      assertThat(numbers.get(i)).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void skipsWhatStandsBehindAnErrorUpToTheNextSync() throws IOException {
    client.send(client.extended("SELECT 1"));
    client.send(client.extended("SELECT 1 / 0"));
    client.send(client.extended(PHONES));
    client.send(client.messages.query(PHONES));
    client.send(client.sync());
    client.send(client.extended("SELECT 2"));
    client.send(client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("12DC1EZ");
    assertThat(Message.types(client.untilReady())).isEqualTo("12DCZ");
    isFine(client.query(PHONES));
  }

  @Test
  void skipsWhatStandsBehindARefusalUpToTheNextSync() throws IOException {
    client.send(client.extended("INSERT INTO person_copy(id) VALUES (77)"));
    client.send(client.extended("SELECT f_phone(1)"));
    client.send(client.extended("INSERT INTO person_copy(id) VALUES (78)"));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.types(answer)).isEqualTo("12CEZ");
    assertThat(Message.ofType('E', answer).getFirst().field('M')).startsWith("MSK-0024");
    assertThat(firstColumns(client.query("SELECT count(*) FROM person_copy WHERE id >= 77")))
        .containsExactly("0");
  }

  @Test
  void abortsATransactionWhoseStatementIsRefused() throws IOException {
    assertThat(state(client.query("BEGIN"))).isEqualTo('T');
    isFine(client.query("INSERT INTO person_copy(id) VALUES (79)"));
    List<Message> refused = client.query("SELECT f_phone(1)");
    assertThat(Message.ofType('E', refused).getFirst().field('C')).isEqualTo("42501");
    assertThat(state(refused)).isEqualTo('E');
    assertThat(state(client.query("SELECT 1"))).isEqualTo('E');

    assertThat(state(client.query("COMMIT"))).isEqualTo('I');
    assertThat(firstColumns(client.query("SELECT count(*) FROM person_copy WHERE id = 79")))
        .containsExactly("0");
  }

  @Test
  void runsNothingOfATextOfWhichAStatementIsRefused() throws IOException {
    List<Message> answer =
        client.query("INSERT INTO person_copy(id) VALUES (80); SELECT f_phone(1)");

    assertThat(Message.types(answer)).isEqualTo("EZ");
    assertThat(firstColumns(client.query("SELECT count(*) FROM person_copy WHERE id = 80")))
        .containsExactly("0");
  }

  @Test
  void answersATextOfSeveralStatements() throws IOException {
    List<Message> answer = client.query("SELECT 1; " + PHONES + "; ; SELECT 2");

    assertThat(Message.types(answer)).isEqualTo("TDCTDDDCTDCZ");
    assertThat(demo.leak(answer)).isEmpty();
    assertThat(Message.types(client.query(""))).isEqualTo("IZ");
    assertThat(Message.types(client.query(" -- nothing"))).isEqualTo("IZ");
  }

  @Test
  void masksWithoutDescribe() throws IOException {
    client.send(client.messages.parse("s", "SELECT phone, name, id_card FROM person ORDER BY id"));
    client.send(client.messages.bind("p", "s"), client.messages.execute("p"));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.types(answer)).isEqualTo("12DDDCZ");
    assertThat(demo.leak(answer)).isEmpty();
  }

  @Test
  void describesWhatTheClientAsksAndNothingElse() throws IOException {
    client.send(client.messages.parse("s", "SELECT phone FROM person WHERE id = $1"));
    client.send(client.messages.describe('S', "s"));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.types(answer)).isEqualTo("1tTZ");
    client.send(client.messages.parse("i", "INSERT INTO person_copy(id) VALUES ($1)"));
    client.send(client.messages.describe('S', "i"));
    assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("1tnZ");
  }

  @Test
  void goesOnWithASuspendedPortal() throws IOException {
    client.send(client.messages.parse("", "SELECT id, phone FROM person ORDER BY id"));
    client.send(client.messages.bind("p", ""), execute("p", 1));
    client.send(client.extended("SELECT 1"));
    client.send(execute("p", 1), execute("p", 5));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(Message.types(answer)).isEqualTo("12Ds12DCDsDCZ");
    assertThat(demo.leak(answer)).isEmpty();
  }

  @Test
  void masksWhatACursorFetches() throws IOException {
    isFine(client.query("BEGIN"));
    isFine(client.query("DECLARE c SCROLL CURSOR FOR SELECT phone AS z FROM person"));
    isFine(client.query("FETCH 1 FROM c"));
    client.send(execute("c", 1));
    isFine(client.send(client.sync()).untilReady());
    client.send(client.messages.describe('P', "c"), execute("c", 0));
    isFine(client.send(client.sync()).untilReady());
    isFine(client.query("MOVE ABSOLUTE 0 FROM c"));
    isFine(client.query("FETCH ALL FROM c"));
    isFine(client.query("CLOSE c"));
    isFine(client.query("COMMIT"));
  }

  @Test
  void keepsOrderWhereTheEndOfATransactionFails() throws IOException {
    client.send(client.extended("INSERT INTO late VALUES (1), (1)"));
    client.send(client.sync());
    client.send(client.extended("SELECT 3"));
    client.send(client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("12CEZ");
    assertThat(Message.types(client.untilReady())).isEqualTo("12DCZ");
    isFine(client.query(PHONES));
  }

  @Test
  void refusesAFunctionCallAndGoesOn() throws IOException {
    ByteBuf call =
        client.messages.message(
            'F', body -> body.writeInt(1598).writeShort(0).writeShort(0).writeShort(0));
    List<Message> answer = client.send(call).untilReady();

    assertThat(Message.types(answer)).isEqualTo("EZ");
    assertThat(Message.ofType('E', answer).getFirst().field('M')).startsWith("MSK-");
    isFine(client.query(PHONES));
  }

  @Test
  void namesNoPlaceOfTheStatementAsRewritten() throws IOException {
    Message error =
        Message.ofType('E', client.query("SELECT phone, nothing FROM person")).getFirst();

    assertThat(error.field('C')).isEqualTo("42703");
    assertThat(error.field('P')).isIn("", "15");
    assertThat(Message.text(List.of(error))).doesNotContain("repeat(");
  }

  private ByteBuf execute(String portal, int rows) {
    return client.messages.message(
        'E',
        body -> {
          Messages.text(body, portal);
          body.writeInt(rows);
        });
  }

  private static char state(List<Message> answer) {
    return (char) answer.getLast().body()[0];
  }

  private static List<String> firstColumns(List<Message> answer) {
    return Message.ofType('D', answer).stream()
        .map(row -> String.valueOf(row.columns().getFirst()))
        .toList();
  }

  private static void isFine(List<Message> answer) {
    assertThat(Message.ofType('E', answer)).isEmpty();
    assertThat(demo.leak(answer)).isEmpty();
  }
}
