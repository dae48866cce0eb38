// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that mean harm or have gone wrong. Beside each there is a session that must not notice,
 * and after each no connection may be left here or in the database.
 */
class HostileClientIT {

  private static final int CONNECTIONS = 20;
  private static final String LONG = "SELECT count(*) FROM big a, big b, big c";
  private static final String WRONG_FAULT = "08P01";

  private static ProxiedDemo demo;

  private final List<RawClient> opened = new ArrayList<>();
  private RawClient bystander;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo =
        ProxiedDemo.start(
            new WireLimits(
                CONNECTIONS,
                CONNECTIONS,
                1 << 20,
                16 << 20,
                new WireLimits.Times(
                    Duration.ofSeconds(2),
                    Duration.ofHours(1),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofHours(1))));
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @BeforeEach
  void bystander() throws IOException {
    bystander = demo.client();
  }

  @AfterEach
  void nobodyElseSuffered() throws IOException {
    List<Message> answer = bystander.query("SELECT phone FROM person");
    assertThat(Message.types(answer)).isEqualTo("TDDDCZ");
    assertThat(demo.leak(answer)).isEmpty();
    opened.add(bystander);
    for (RawClient client : opened) {
      client.close();
    }
    demo.awaitNobody();
  }

  private RawClient stranger() throws IOException {
    RawClient client = new RawClient(demo.port());
    opened.add(client);
    return client;
  }

  private RawClient client() throws IOException {
    RawClient client = demo.client();
    opened.add(client);
    return client;
  }

  private static void endsWith(String state, RawClient client) throws IOException {
    List<Message> answer = client.untilEnd();
    assertThat(Message.ofType('E', answer)).isNotEmpty();
    Message last = Message.ofType('E', answer).getLast();
    assertThat(last.field('V')).isEqualTo("FATAL");
    assertThat(last.field('C')).isEqualTo(state);
    client.close();
  }

  private static ByteBuf message(int type, int length, int sent) {
    return Unpooled.buffer().writeByte(type).writeInt(length).writeZero(sent);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 17 << 20, Integer.MAX_VALUE})
  void believesNoLengthThatCannotBe(int length) throws IOException {
    RawClient client = client();

    client.send(message(FrontendMessage.BIND, length, 10));

    endsWith(WRONG_FAULT, client);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 10_001, Integer.MAX_VALUE})
  void believesNoLengthThatCannotBeBeforeTheLogIn(int length) throws IOException {
    RawClient client = stranger();

    client.send(Unpooled.buffer().writeInt(length).writeZero(10));

    endsWith(WRONG_FAULT, client);
  }

  @Test
  void takesNoLongPasswordFromSomebodyUnknown() throws IOException {
    RawClient client = stranger().startup("ana", "demo");
    assertThat(client.read().type()).isEqualTo('R');

    client.send(message('p', 1 << 20, 10));

    endsWith(WRONG_FAULT, client);
  }

  @Test
  void refusesAStatementThatIsTooLong() throws IOException {
    RawClient client = client();

    client.send(message(FrontendMessage.QUERY, (1 << 20) + 1, 10));

    endsWith(WRONG_FAULT, client);
  }

  @Test
  void waitsForTheRestOfAMessageAndForgetsItWithTheClient() throws IOException {
    for (int i = 0; i < 10; i++) {
      try (RawClient client = demo.client()) {
        client.send(message(FrontendMessage.COPY_DATA, 16 << 20, 1000 * i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "C", "D", "E", "P", "Q"})
  void endsASessionWhoseMessageIsCutOff(String type) throws IOException {
    RawClient client = client();

    client.send(message(type.charAt(0), 4, 0));

    endsWith(WRONG_FAULT, client);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 'a', 'R', 'T', 'Z', 'p', 'z', 255})
  void endsASessionWhoseMessageHasNoMeaning(int type) throws IOException {
    RawClient client = client();

    client.send(message(type, 8, 4));

    endsWith(WRONG_FAULT, client);
  }

  @Test
  void endsASessionWhoseTextIsNoUtf8() throws IOException {
    RawClient client = client();

    client.send(
        client.messages.message(
            'Q',
            body ->
                body.writeBytes("SELECT '".getBytes(UTF_8))
                    .writeByte(0xFF)
                    .writeBytes(new byte[] {'\'', 0})));

    endsWith(WRONG_FAULT, client);
  }

  @ParameterizedTest
  @CsvSource({
    "options, -c search_path=other",
    "options, -c standard_conforming_strings=off",
    "replication, database",
    "replication, true",
    "client_encoding, GBK",
    "client_encoding, SQL_ASCII",
    "search_path, other",
    "role, postgres",
    "standard_conforming_strings, off",
    "session_preload_libraries, x"
  })
  void takesNoParameterThatChangesWhatStatementsMean(String name, String value) throws IOException {
    RawClient client = stranger().startup("ana", "demo", name, value);

    List<Message> answer = client.untilEnd();

    assertThat(Message.types(answer)).isEqualTo("E");
    assertThat(answer.getFirst().field('V')).isEqualTo("FATAL");
    client.close();
  }

  @Test
  void takesOneOfTwoEqualParametersAndChecksIt() throws IOException {
    RawClient client = stranger();
    ByteBuf startup = Unpooled.buffer().writeInt(0).writeInt(0x30000);
    for (String text : List.of("user", "ana", "database", "demo", "CLIENT_ENCODING", "GBK", "")) {
      Messages.text(startup, text);
    }
    client.send(startup.setInt(0, startup.writerIndex()));

    List<Message> answer = List.of(client.read());

    assertThat(answer.getFirst().type()).isIn('E', 'R');
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20000, 0x10000, 0, 0x40000, 0x7FFFFFFF, -1})
  void refusesOtherProtocols(int version) throws IOException {
    RawClient client = stranger();

    client.send(Unpooled.buffer().writeInt(9).writeInt(version).writeByte(0));

    assertThat(Message.types(client.untilEnd())).isEqualTo("E");
    client.close();
  }

  @Test
  void saysNoToEncryptionAsOftenAsItIsAsked() throws IOException {
    RawClient client = stranger();
    ByteBuf asks = Unpooled.buffer();
    for (int i = 0; i < 1000; i++) {
      asks.writeInt(8).writeInt(80877103 + i % 2);
    }
    client.send(asks);
    client.close();
  }

  @Test
  void runsNothingBeforeTheLogIn() throws IOException {
    demo.record().decisions.clear();
    for (char type : "QPBEXFdcp".toCharArray()) {
      RawClient client = stranger().startup("ana", "demo");
      assertThat(client.read().type()).isEqualTo('R');
      client.send(client.messages.message(type, body -> Messages.text(body, "SELECT 1")));
      endsWith(WRONG_FAULT, client);
    }
    assertThat(demo.record().decisions).isEmpty();
  }

  @Test
  void tellsNobodyWhetherANameExists() throws IOException {
    List<String> said = new ArrayList<>();
    for (String user : List.of("ana", "nobody")) {
      try (RawClient client = RawClient.loggedIn(demo.port(), user, "wrong")) {
        said.add("let in");
      } catch (IOException e) {
        said.add(String.valueOf(e.getMessage()).replace(user, "user"));
      }
    }
    assertThat(said.get(0)).contains("28P01").isEqualTo(said.get(1));
  }

  @Test
  void giveUpOnThoseWhoDoNotLogInInTime() throws IOException {
    List<RawClient> silent = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS / 4; i++) {
      silent.add(stranger());
      silent.add(stranger().startup("ana", "demo"));
      RawClient slow = stranger();
      slow.send(new byte[] {0, 0, 0});
      silent.add(slow);
    }
    Awaitility.await()
        .atMost(RawClient.PATIENCE)
        .until(
            () -> {
              for (RawClient slow : silent) {
                drip(slow);
              }
              return demo.proxy().connections() == 1;
            });
    for (RawClient client : silent) {
      assertThat(Message.types(client.untilEnd())).isIn("", "R", "E", "RE");
      client.close();
    }
  }

  /** A byte now and then keeps nobody connected. */
  private static void drip(RawClient slow) {
    try {
      slow.send(new byte[] {0});
    } catch (IOException e) {
      // it is closed by now
    }
  }

  @Test
  void refusesThousandsBeyondTheLimitAndTakesTheNextOne() throws IOException {
    List<RawClient> taken = new ArrayList<>();
    for (int i = 1; i < CONNECTIONS; i++) {
      taken.add(client());
    }
    for (int i = 0; i < 2000; i++) {
      try (RawClient one = stranger()) {
        List<Message> answer = one.untilEnd();
        assertThat(Message.types(answer)).isEqualTo("E");
        assertThat(answer.getFirst().field('C')).isEqualTo("53300");
      }
    }
    for (RawClient one : taken) {
      assertThat(Message.types(one.query("SELECT 1"))).isEqualTo("TDCZ");
      one.close();
    }
    Awaitility.await().until(() -> demo.proxy().connections() == 1);
    client();
  }

  @Test
  void cancelsByTheRightNumbersOnly() throws IOException, SQLException {
    RawClient client = client();
    client.send(client.messages.query(LONG));
    awaitActive();
    for (int i = 0; i < 100; i++) {
      cancel(client.process, client.secret + 1 + i);
      cancel(client.process + 1 + i, client.secret);
    }
    cancel(0, 0);
    assertThat(activeStatements()).isEqualTo(1);

    cancel(client.process, client.secret);
    List<Message> answer = client.untilReady();

    assertThat(Message.ofType('E', answer).getFirst().field('C')).isEqualTo("57014");
    assertThat(Message.types(client.query("SELECT 1"))).isEqualTo("TDCZ");
    client.close();
  }

  private void cancel(int process, int secret) throws IOException {
    try (RawClient one = stranger()) {
      ByteBuf request = Unpooled.buffer().writeInt(16).writeInt(80877102);
      one.send(request.writeInt(process).writeInt(secret));
      assertThat(one.untilEnd()).isEmpty();
    }
  }

  @Test
  void cancelsNobodyWithARequestThatIsCutOff() throws IOException {
    try (RawClient one = stranger()) {
      one.send(Unpooled.buffer().writeInt(12).writeInt(80877102).writeInt(1));
      assertThat(Message.types(one.untilEnd())).isIn("", "E");
    }
  }

  @Test
  void endsWhatRunsForAClientThatIsGone() throws IOException {
    RawClient gone = client();
    gone.send(gone.messages.query(LONG));
    awaitActive();
    gone.reset();
    Awaitility.await().atMost(RawClient.PATIENCE).until(() -> activeStatements() == 0);

    RawClient halfClosed = client();
    halfClosed.send(halfClosed.messages.query(LONG));
    awaitActive();
    halfClosed.shutdownOutput();
    Awaitility.await().atMost(RawClient.PATIENCE).until(() -> activeStatements() == 0);
    halfClosed.close();
  }

  @Test
  void endsATransactionOfAClientThatIsGone() throws IOException {
    RawClient gone = client();
    gone.query("BEGIN");
    gone.query("DELETE FROM orders");
    gone.reset();
    Awaitility.await().until(() -> demo.backends() == 1);

    assertThat(Message.types(bystander.query("SELECT id FROM orders"))).isEqualTo("TDDCZ");
  }

  @Test
  void forgetsACopyOfAClientThatIsGone() throws IOException {
    RawClient gone = client();
    gone.send(gone.messages.query("COPY person_copy(id) FROM STDIN"));
    assertThat(gone.read().type()).isEqualTo('G');
    gone.send(gone.messages.message('d', body -> body.writeBytes("71\n".getBytes(UTF_8))));
    gone.reset();
    Awaitility.await().until(() -> demo.backends() == 1);

    Message count =
        Message.ofType('D', bystander.query("SELECT count(*) FROM person_copy WHERE id = 71"))
            .getFirst();
    assertThat(count.columns()).containsExactly("0");
  }

  @Test
  void survivesClientsThatGoAtEveryPointOfTheLogIn() throws IOException {
    for (int i = 0; i < 50; i++) {
      RawClient one = stranger();
      if (i % 3 > 0) {
        one.startup("ana", "demo");
      }
      if (i % 3 > 1) {
        assertThat(one.read().type()).isEqualTo('R');
        one.send(one.messages.message('p', body -> Messages.text(body, "SCRAM-SHA-256")));
      }
      one.reset();
      Awaitility.await().until(() -> demo.proxy().connections() == 1);
    }
  }

  @Test
  void survivesClientsThatGoAsSoonAsTheyHaveProvedThemselves() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (RawClient one = stranger()) {
        one.startup("ana", "demo").prove("ana", TestProxy.PASSWORD);
        one.reset();
      } catch (SocketException e) {
        // it was gone before it had read everything
      }
    }
  }

  private static void awaitActive() {
    Awaitility.await().atMost(RawClient.PATIENCE).until(() -> activeStatements() == 1);
  }

  private static int activeStatements() throws SQLException {
    return demo.count(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND state = 'active'"
            + " AND query LIKE '%big%' AND leader_pid IS NULL");
  }
}
