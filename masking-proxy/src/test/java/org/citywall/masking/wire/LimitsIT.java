// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that take more of the proxy than its file lets them, and clients that do not. */
class LimitsIT {

  private static final int PER_USER = 3;
  private static final String LONG = "SELECT count(*) FROM big a, big b, big c";
  private static final String MANY =
      "SELECT g, repeat('x', 300) FROM generate_series(1, 1000000) g";

  private static ProxiedDemo demo;

  private final List<RawClient> opened = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo =
        ProxiedDemo.start(
            new WireLimits(
                100,
                PER_USER,
                4096,
                8192,
                new WireLimits.Times(
                    Duration.ofSeconds(30),
                    Duration.ofHours(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2))));
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @AfterEach
  void leaveNobody() throws IOException {
    for (RawClient client : opened) {
      client.close();
    }
    demo.awaitNobody();
  }

  private RawClient client() throws IOException {
    RawClient client = demo.client();
    opened.add(client);
    return client;
  }

  private static void assertCancelled(Message error) {
    assertThat(error.field('S')).isEqualTo("ERROR");
    assertThat(error.field('C')).isEqualTo("57014");
    assertThat(error.field('M')).startsWith("MSK-0073");
  }

  private static void assertServes(RawClient client) throws IOException {
    assertThat(Message.types(client.query("SELECT 1"))).isEqualTo("TDCZ");
  }

  @Test
  void cancelsAStatementThatTakesTooLong() throws IOException {
    RawClient client = client();

    List<Message> answer = client.query(LONG);

    assertThat(Message.types(answer)).isEqualTo("TEZ");
    assertCancelled(answer.get(1));
    assertThat(demo.record().completions.getLast().state()).isEqualTo("57014");
    assertServes(client);
  }

  @Test
  void cancelsOneStatementOfAPipelineAndTakesTheNextOne() throws IOException {
    RawClient client = client();

    client.send(client.extended("SELECT 1")).send(client.extended(LONG));
    client.send(client.extended("SELECT 2")).send(client.sync());
    client.send(client.extended("SELECT 3")).send(client.sync());

    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("12DC12EZ");
    assertCancelled(Message.ofType('E', answer).getFirst());
    assertThat(Message.types(client.untilReady())).isEqualTo("12DCZ");
  }

  @Test
  void countsTheTimeOfEachStatementAnew() throws IOException {
    RawClient client = client();
    String part = "SELECT count(*) FROM generate_series(1, 200000)";
    long end = System.nanoTime() + Duration.ofMillis(2500).toNanos();
    while (System.nanoTime() < end) {
      assertThat(Message.types(client.query(part))).isEqualTo("TDCZ");
    }
  }

  @Test
  void endsASessionThatLeavesItsTransactionOpen() throws IOException {
    RawClient client = client();
    client.query("BEGIN");
    client.query("DELETE FROM orders");

    Message last = client.untilEnd().getLast();

    assertThat(last.field('S')).isEqualTo("FATAL");
    assertThat(last.field('C')).isEqualTo("25P03");
    assertThat(last.field('M')).startsWith("MSK-0074");
    assertThat(Message.types(client().query("SELECT id FROM orders"))).isEqualTo("TDDCZ");
  }

  @Test
  void endsASessionThatLeavesItsMessagesWithoutSync() throws IOException {
    RawClient client = client();
    client.send(client.extended("DELETE FROM orders"));
    client.send(client.messages.empty(FrontendMessage.FLUSH));

    assertThat(client.untilEnd().getLast().field('C')).isEqualTo("25P03");
    assertThat(Message.types(client().query("SELECT id FROM orders"))).isEqualTo("TDDCZ");
  }

  @Test
  void letsAnIdleClientBeOutsideOfATransaction() throws IOException {
    RawClient idle = client();
    assertServes(idle);
    RawClient open = client();
    open.query("BEGIN");
    assertThat(open.untilEnd().getLast().field('C')).isEqualTo("25P03");

    assertServes(idle);
  }

  @Test
  void holdsNoConnectionForAClientThatDoesNotRead() throws Exception {
    RawClient client = client();
    client.send(client.messages.query(MANY));
    assertThat(client.read().type()).isEqualTo('T');

    demo.awaitNobody();

    assertThat(Message.ofType('C', rest(client))).isEmpty();
  }

  private static List<Message> rest(RawClient client) throws IOException {
    List<Message> rest = new ArrayList<>();
    try {
      while (true) {
        Message next = client.read();
        if (next.type() != 'D') {
          rest.add(next);
        }
      }
    } catch (EOFException | SocketException e) {
      return rest;
    }
  }

  @Test
  void goesOnWithAClientThatReadsSlowly() throws IOException {
    RawClient client = client();
    client.send(client.messages.query(MANY.replace("1000000", "30000")));
    assertThat(client.read().type()).isEqualTo('T');
    for (int i = 0; i < 10; i++) {
      long until = System.nanoTime() + Duration.ofMillis(250).toNanos();
      Awaitility.await().until(() -> System.nanoTime() > until);
      for (int row = 0; row < 3000; row++) {
        assertThat(client.read().type()).isEqualTo('D');
      }
    }
    assertThat(Message.types(client.untilReady())).isEqualTo("CZ");
  }

  @Test
  void takesNoMoreConnectionsOfOneUserAndThoseOfOthers() throws IOException {
    for (int i = 0; i < PER_USER; i++) {
      client();
    }
    try (RawClient more = new RawClient(demo.port())) {
      more.startup(ProxiedDemo.USER, "demo").prove(ProxiedDemo.USER, TestProxy.PASSWORD);
      Message refusal = more.untilEnd().getLast();
      assertThat(refusal.field('C')).isEqualTo("53300");
      assertThat(refusal.field('M')).startsWith("MSK-0072");
    }

    demo.proxy().with("bo", TestRights.ofMore());
    opened.add(RawClient.loggedIn(demo.port(), "bo", TestProxy.PASSWORD));
    opened.removeFirst().close();
    Awaitility.await().until(() -> demo.proxy().connections() == PER_USER);
    assertServes(client());
  }

  @Test
  void takesNoLongerMessagesThanItsFileSays() throws IOException {
    RawClient client = client();
    String fits = "SELECT '" + "x".repeat(4000) + "'";
    assertThat(Message.types(client.query(fits))).isEqualTo("TDCZ");
    client.send(client.messages.query(fits + "x".repeat(100)));
    assertThat(client.untilEnd().getLast().field('C')).isEqualTo("08P01");

    RawClient other = client();
    ByteBuf long16k = other.messages.message('d', body -> body.writeZero(8193));
    assertThat(other.send(long16k).untilEnd().getLast().field('C')).isEqualTo("08P01");
  }
}
