// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who sees telephone numbers writes back what others see of them. */
class WriteBackIT {

  private static final String MASKED = "138****5678";
  private static final String WHOLE = "13900000001";
  private static final String INSERT = "INSERT INTO person_copy(id, phone) VALUES (1, $1)";
  private static final String COPY = "COPY person_copy(id, phone) FROM STDIN";
  private static final int VARCHAR = 1043;
  private static final int INT8 = 20;

  private static ProxiedDemo demo;

  private RawClient client;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
    demo.see(TestRights.withoutMasks(), "cleared");
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @BeforeEach
  void logIn() throws IOException {
    client = demo.client();
    client.query("DELETE FROM person_copy");
    demo.record().decisions.clear();
  }

  @AfterEach
  void logOut() throws IOException {
    client.close();
  }

  @Test
  void isRefusedInAQuery() throws IOException, SQLException {
    refuses(client.query("INSERT INTO person_copy(phone) VALUES ('" + MASKED + "')"), "");
    assertThat(Message.types(client.query("INSERT INTO person_copy(phone) VALUES ('13900000001')")))
        .isEqualTo("CZ");
    hasRows(1);
  }

  @Test
  void isRefusedAsAParameterInTextAndInBinary() throws IOException, SQLException {
    for (int type : List.of(0, VARCHAR)) {
      for (int format : List.of(0, 1)) {
        refuses(bind(type, format, MASKED.getBytes(UTF_8)), ", parameter 1");
      }
    }
    hasRows(0);
    for (int format : List.of(0, 1)) {
      assertThat(Message.types(bind(VARCHAR, format, WHOLE.getBytes(UTF_8)))).isEqualTo("12CZ");
    }
    // eight stars are a number as well
    assertThat(Message.types(bind(INT8, 1, "********".getBytes(UTF_8)))).isEqualTo("12CZ");
    hasRows(3);
  }

  @Test
  void isRefusedThroughAViewAndIntoAPartition() throws IOException, SQLException {
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE VIEW v_copied AS SELECT id AS no, phone AS tel FROM person_copy");
      statement.execute("CREATE TABLE copied_heir() INHERITS (person_copy)");
      statement.execute("GRANT SELECT, INSERT ON v_copied, copied_heir TO app");
    }
    for (String written : List.of("v_copied(no, tel)", "copied_heir(id, phone)")) {
      String insert = "INSERT INTO " + written + " VALUES (1, '%s')";
      List<Message> refused = client.query(insert.formatted(MASKED));
      assertThat(Message.ofType('E', refused))
          .singleElement()
          .satisfies(error -> assertThat(error.field('M')).startsWith("MSK-0077 public."));
      assertThat(Message.types(client.query(insert.formatted(WHOLE)))).isEqualTo("CZ");
    }
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("DROP VIEW v_copied");
      statement.execute("DROP TABLE copied_heir");
    }
  }

  @Test
  void isRefusedToADriver() throws SQLException {
    try (Connection ana = demo.proxy().connect(ProxiedDemo.USER, "prepareThreshold=1");
        PreparedStatement insert = ana.prepareStatement(INSERT.replace("$1", "?"))) {
      for (int i = 0; i < 3; i++) {
        insert.setString(1, WHOLE);
        insert.executeUpdate();
        insert.setString(1, MASKED);
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(insert::executeUpdate)
            .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo("42501"))
            .withMessageContaining("MSK-0077 public.person_copy.phone, parameter 1")
            .extracting(SQLException::getMessage)
            .asString()
            .doesNotContain(MASKED);
      }
    }
    hasRows(3);
  }

  @Test
  void isRefusedInACopy() throws IOException, SQLException {
    for (int cut : List.of(1, 20, 33)) {
      String lines = "1\t" + WHOLE + "\n2\t" + MASKED + "\n3\t" + WHOLE + "\n";
      client.send(client.messages.query(COPY));
      assertThat(client.read().type()).isEqualTo('G');
      client.send(data(lines.substring(0, cut)), data(lines.substring(cut)), done());
      refuses(client.untilReady(), ", row 2");
    }
    client.send(client.messages.query(COPY), data("1\t" + MASKED), done());
    refuses(client.untilReady(), ", row 1");
    hasRows(0);

    client.send(client.messages.query(COPY), data("1\t" + WHOLE + "\n"), done());
    assertThat(Message.types(client.untilReady())).isEqualTo("GCZ");
    hasRows(1);
  }

  @Test
  void isRefusedInACopyByExtendedQuery() throws IOException, SQLException {
    client.send(client.extended(COPY + " WITH (FORMAT csv)"));
    client.send(data("1," + MASKED + "\n"), done(), client.sync());
    refuses(client.untilReady(), ", row 1");

    client.send(client.extended(COPY));
    client.send(client.sync(), data("1\t" + MASKED + "\n"), data("2\tx\n"), done(), client.sync());
    refuses(client.untilReady(), ", row 1");
    assertThat(Message.types(client.query("SELECT 1"))).isEqualTo("TDCZ");
    hasRows(0);
  }

  @Test
  void isRefusedInABinaryCopy() throws IOException, SQLException {
    ByteBuf rows = Unpooled.buffer();
    rows.writeBytes(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0});
    rows.writeLong(0).writeShort(2).writeInt(4).writeInt(1);
    rows.writeInt(MASKED.length()).writeBytes(MASKED.getBytes(UTF_8)).writeShort(-1);
    client.send(client.messages.query(COPY + " WITH (FORMAT binary)"));
    client.send(client.messages.message('d', body -> body.writeBytes(rows)), done());

    refuses(client.untilReady(), ", row 1");
    hasRows(0);
  }

  @Test
  void isRefusedInTheSecondCopyOfAText() throws IOException, SQLException {
    client.send(client.messages.query(COPY + "; " + COPY));
    assertThat(client.read().type()).isEqualTo('G');
    client.send(data("1\t" + WHOLE + "\n"), done());
    assertThat(client.read().type()).isEqualTo('C');
    assertThat(client.read().type()).isEqualTo('G');
    client.send(data("1\t" + MASKED + "\n"), done());

    refuses(client.untilReady(), ", row 1");
    hasRows(0);
  }

  @Test
  void passesAndIsRecordedWhereTheProxyObserves() throws IOException, SQLException {
    try (TestProxy observing = new TestProxy(WireLimits.DEFAULT, WireTls.OFF, false)) {
      observing.with(ProxiedDemo.USER, TestRights.withoutMasks());
      client.close();
      client = RawClient.loggedIn(observing.port(), ProxiedDemo.USER, TestProxy.PASSWORD);

      assertThat(Message.types(bind(0, 0, MASKED.getBytes(UTF_8)))).isEqualTo("12CZ");
      client.send(client.messages.query(COPY), data("1\t" + MASKED + "\n2\t***\n"), done());
      assertThat(Message.types(client.untilReady())).isEqualTo("GCZ");
      assertThat(observing.recorder.decisions)
          .filteredOn(one -> one.outcome() == Decision.Outcome.DENY)
          .extracting(Decision::reason)
          .containsExactly(
              "public.person_copy.phone, parameter 1", "public.person_copy.phone, row 1");
    }
  }

  private void refuses(List<Message> answer, String where) {
    assertThat(Message.ofType('E', answer))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field('C')).isEqualTo("42501");
              assertThat(error.field('M')).isEqualTo("MSK-0077 public.person_copy.phone" + where);
              assertThat(Message.text(List.of(error))).doesNotContain(MASKED);
            });
    assertThat(Message.ofType('C', answer)).isEmpty();
    assertThat(demo.record().decisions)
        .filteredOn(one -> one.outcome() == Decision.Outcome.DENY)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.code()).isEqualTo(MaskingErrorCode.MASKED_TEXT_WRITTEN);
              assertThat(one.reason()).isEqualTo("public.person_copy.phone" + where);
            });
    demo.record().decisions.clear();
  }

  private static void hasRows(int rows) throws SQLException {
    assertThat(demo.count("SELECT count(*) FROM person_copy")).isEqualTo(rows);
  }

  private ByteBuf data(String lines) {
    return client.messages.message('d', body -> body.writeBytes(lines.getBytes(UTF_8)));
  }

  private ByteBuf done() {
    return client.messages.empty('c');
  }

  private List<Message> bind(int type, int format, byte[] value) throws IOException {
    ByteBuf parse =
        client.messages.message(
            'P',
            body -> {
              Messages.text(body, "");
              Messages.text(body, INSERT);
              body.writeShort(1).writeInt(type);
            });
    ByteBuf bind =
        client.messages.message(
            'B',
            body -> {
              Messages.text(body, "");
              Messages.text(body, "");
              body.writeShort(1).writeShort(format).writeShort(1);
              body.writeInt(value.length).writeBytes(value).writeShort(0);
            });
    client.send(parse, bind, client.messages.execute(""), client.sync());
    return client.untilReady();
  }
}
