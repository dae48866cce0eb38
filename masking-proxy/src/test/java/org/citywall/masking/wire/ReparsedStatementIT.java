// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements prepared while somebody was allowed more, and run when they no longer are. */
class ReparsedStatementIT {

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
  void prepareWithAGrant() throws IOException {
    demo.see(TestRights.withoutMasks(), "granted");
    client = demo.client();
    client.send(client.messages.parse("s", PHONES));
    client.send(client.messages.bind("", "s"), client.messages.execute(""));
    List<Message> answer = client.send(client.sync()).untilReady();
    assertThat(demo.leak(answer)).isPresent();
  }

  @AfterEach
  void logOut() throws IOException {
    client.close();
  }

  private static void endTheGrant() {
    demo.see(TestRights.ofMore(), "ended");
  }

  private List<Message> run() throws IOException {
    client.send(client.messages.bind("", "s"), client.messages.execute(""));
    return client.send(client.sync()).untilReady();
  }

  private void isMasked() throws IOException {
    List<Message> answer = run();
    assertThat(demo.leak(answer)).isEmpty();
    assertThat(Message.types(answer)).isEqualTo("2DDDCZ");
    assertThat(Message.types(run())).isEqualTo("2DDDCZ");
  }

  @Test
  void masksAfterTheGrantEnded() throws IOException {
    endTheGrant();

    isMasked();
  }

  @Test
  void refusesWhatSqlPreparedBeforeAlsoBehindAnotherStatement() throws IOException {
    client.query("PREPARE t AS " + PHONES);
    refusesWhatSqlPrepared();
  }

  @Test
  void refusesWhatSqlPreparedBeforeBehindAnotherStatement() throws IOException {
    client.query("SELECT 1; PREPARE t AS " + PHONES);
    refusesWhatSqlPrepared();
  }

  private void refusesWhatSqlPrepared() throws IOException {
    endTheGrant();

    for (String text : List.of("EXECUTE t", "SELECT 1; EXECUTE t", "SELECT 1; execute\n\"t\"")) {
      List<Message> answer = client.query(text);
      assertThat(demo.leak(answer)).as(text).isEmpty();
      assertThat(Message.ofType('E', answer)).as(text).hasSize(1);
    }
  }

  @Test
  void masksWhereParsingAgainWasSkipped() throws IOException {
    endTheGrant();
    client.send(client.messages.parse("bad", "SELECT 1 / 0 FROM nowhere"));
    assertThat(Message.types(run())).isEqualTo("EZ");

    isMasked();
  }

  @Test
  void masksWhereClosingWasSkipped() throws IOException {
    client.send(client.messages.parse("bad", "SELECT 1 / 0 FROM nowhere"));
    client.send(client.messages.close('S', "s"));
    assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("EZ");
    endTheGrant();

    assertThat(demo.leak(run())).isEmpty();
  }

  @Test
  void masksWhereASimpleQueryWasSkipped() throws IOException {
    client.send(client.messages.parse("", PHONES));
    client.send(client.sync()).untilReady();
    client.send(client.messages.parse("bad", "SELECT 1 / 0 FROM nowhere"));
    client.send(client.messages.query("SELECT 1"));
    assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("EZ");
    endTheGrant();

    client.send(client.messages.bind("", ""), client.messages.execute(""));
    assertThat(demo.leak(client.send(client.sync()).untilReady())).isEmpty();
  }

  @Test
  void masksWhereParsingTheNameAnewFailed() throws IOException {
    client.send(client.messages.parse("s", "SELECT 1"));
    assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("EZ");
    endTheGrant();

    isMasked();
  }

  @Test
  void masksWhereARefusalStoodUnderTheName() throws IOException {
    client.send(client.messages.parse("s", "SELECT f_phone(1)"));
    assertThat(Message.types(client.send(client.sync()).untilReady())).isEqualTo("EZ");
    endTheGrant();

    isMasked();
  }

  @Test
  void masksWhatSqlPrepared() throws IOException {
    client.query("PREPARE q AS " + PHONES);
    endTheGrant();

    assertThat(demo.leak(client.query("EXECUTE q"))).isEmpty();
    client.send(client.messages.bind("", "q"), client.messages.execute(""));
    assertThat(demo.leak(client.send(client.sync()).untilReady())).isEmpty();
  }

  @Test
  void masksWhatSqlExecutesOfThePreparedOnes() throws IOException {
    endTheGrant();

    assertThat(demo.leak(client.query("EXECUTE s"))).isEmpty();
    assertThat(demo.leak(client.query("EXPLAIN ANALYZE EXECUTE s"))).isEmpty();
    assertThat(demo.leak(client.query("CREATE TEMP TABLE t AS EXECUTE s"))).isEmpty();
    assertThat(demo.leak(client.query("SELECT * FROM t"))).isEmpty();
  }

  @Test
  void tellsTheRecordWhatRanUnderANameThatSqlGaveAway() throws IOException {
    endTheGrant();
    client.query("DEALLOCATE s");
    client.send(client.messages.parse("s", "SELECT 1"));
    client.send(client.sync()).untilReady();
    client.query("DEALLOCATE ALL");
    client.query("PREPARE s AS " + PHONES);
    demo.record().decisions.clear();

    List<Message> answer = run();

    assertThat(Message.types(answer)).isEqualTo("2DCZ");
    assertThat(Message.ofType('D', answer).getFirst().columns()).containsExactly("1");
    assertThat(demo.record().decisions).extracting(Decision::sql).containsExactly("SELECT 1");
  }

  @Test
  void tellsTheRecordWhatRanUnderThePortalOfACursor() throws IOException {
    endTheGrant();
    client.send(client.messages.parse("", "SELECT 1"), client.messages.bind("c", ""));
    client.send(client.messages.execute("c"));
    client.send(client.sync()).untilReady();
    client.query("BEGIN");
    client.query("DECLARE c CURSOR FOR " + PHONES);
    demo.record().decisions.clear();

    client.send(client.messages.execute("c"));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(demo.leak(answer)).isEmpty();
    assertThat(Message.types(answer)).isEqualTo("DDDCZ");
    assertThat(demo.record().decisions).extracting(Decision::sql).doesNotContain("SELECT 1");
  }

  @Test
  void keepsAStatementWhoseTableComesBack() throws IOException, SQLException {
    endTheGrant();
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE t_moving AS SELECT 1 AS a");
      statement.execute("GRANT SELECT ON t_moving TO app");
      // the proxy looks for names that it does not know, but not all the time
      Awaitility.await()
          .until(
              () -> {
                client.send(client.messages.parse("m", "SELECT * FROM t_moving"));
                return Message.types(client.send(client.sync()).untilReady()).equals("1Z");
              });
      statement.execute("ALTER TABLE t_moving ADD b text DEFAULT '13847195678'");
      ByteBuf[] run = {client.messages.bind("", "m"), client.messages.execute("")};
      List<Message> answer = client.send(run).send(client.sync()).untilReady();
      assertThat(Message.types(answer)).isIn("2DCZ", "2EZ", "EZ");
      statement.execute("DROP TABLE t_moving");
    }
    isMasked();
  }

  @Test // #4
  void readsNoPortalOnThatWasBoundUnderTheGrant() throws IOException {
    client.send(client.messages.query("BEGIN"));
    client.untilReady();
    client.send(client.messages.bind("p", "s"));
    client.send(client.sync()).untilReady();
    endTheGrant();

    client.send(client.messages.execute("p"));
    List<Message> answer = client.send(client.sync()).untilReady();

    assertThat(demo.leak(answer)).isEmpty();
    assertThat(Message.types(answer)).isEqualTo("EZ");
  }

  @Test // #4
  void readsNoCursorOnThatWasDeclaredUnderTheGrant() throws IOException {
    client.send(client.messages.query("BEGIN"));
    client.untilReady();
    client.send(client.messages.query("DECLARE c CURSOR WITH HOLD FOR " + PHONES));
    client.untilReady();
    endTheGrant();

    for (String way :
        List.of("FETCH ALL FROM c", "COMMIT", "FETCH ALL FROM c", "SELECT 1; FETCH 1 FROM c")) {
      client.send(client.messages.query(way));
      assertThat(demo.leak(client.untilReady())).as(way).isEmpty();
    }
    client.send(client.messages.execute("c"));
    assertThat(demo.leak(client.send(client.sync()).untilReady())).isEmpty();
  }
}
