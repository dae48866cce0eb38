// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a name means comes back with a transaction that is rolled back. In each case {@code v} is a
 * view of the session over a protected table, then for the length of a transaction a harmless one
 * of the same name and columns; a proxy that still thinks of that one shows the first without a
 * mask.
 */
class StaleNamesIT {

  private static final String PROTECTED = "CREATE TEMP VIEW v AS SELECT phone FROM person";
  private static final String HARMLESS =
      "CREATE OR REPLACE TEMP VIEW v AS SELECT 'none'::text AS phone";
  private static final String READ = "SELECT phone || '' FROM v";

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
  void views() throws IOException {
    client = demo.client();
    succeeds(client.query(PROTECTED));
  }

  @Test
  void followsRollback() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    succeeds(client.query("ROLLBACK"));

    isMasked(client.query(READ));
  }

  @Test
  void followsRollbackToSavepoint() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query("SAVEPOINT s"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    succeeds(client.query("ROLLBACK TO SAVEPOINT s"));

    isMasked(client.query(READ));
  }

  @Test
  void refusesAnExecuteBehindNewTablesAndSaysWhere() throws IOException {
    succeeds(client.query("PREPARE p9 AS " + READ));
    isMasked(client.query("EXECUTE p9"));
    succeeds(client.query("CREATE TEMP TABLE t_new AS SELECT 1 AS a"));

    List<Message> answer = client.query("/* again */ EXECUTE p9");

    shows(answer);
    Message error = Message.ofType('E', answer).getFirst();
    assertThat(error.field('M')).startsWith("MSK-0023 EXECUTE of what was prepared under other");
    assertThat(error.field('P')).isEqualTo("13");
    succeeds(client.query("DEALLOCATE ALL"));
    succeeds(client.query("PREPARE p9 AS " + READ));
    isMasked(client.query("EXECUTE p9"));
  }

  @Test
  void followsRollbackInTheSameText() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));

    shows(client.query("ROLLBACK; " + READ));
  }

  @Test
  void followsRollbackOfAFailedTransactionInTheSameText() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    client.query("SELECT 1 / 0");

    shows(client.query("ROLLBACK; " + READ));
  }

  @Test
  void followsRollbackThatIsOnItsWay() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    client.query("SELECT 1 / 0");

    client.send(client.messages.query("ROLLBACK"), client.messages.query(READ));
    succeeds(client.untilReady());
    shows(client.untilReady());
    isMasked(client.query(READ));
  }

  @Test
  void followsRollbackOfAnImplicitTransaction() throws IOException {
    client.send(
        pipeline(
            client.extended(HARMLESS), client.extended(READ), client.extended("SELECT 1 / 0")));
    client.send(client.sync());
    assertThat(Message.types(client.untilReady())).contains("E");

    isMasked(client.query(READ));
  }

  @Test
  void followsRollbackOfATransactionBegunInAPipeline() throws IOException {
    client.send(
        pipeline(client.extended("BEGIN"), client.extended(HARMLESS), client.extended(READ)));
    succeeds(client.send(client.sync()).untilReady());
    succeeds(client.query("ROLLBACK"));

    isMasked(client.query(READ));
  }

  @Test
  void followsRollbackAndChain() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    succeeds(client.query("ROLLBACK AND CHAIN"));
    isMasked(client.query(READ));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    succeeds(client.query("ABORT"));

    isMasked(client.query(READ));
  }

  @Test
  void followsACommitThatFails() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));
    client.query("SELECT 1 / 0");
    succeeds(client.query("COMMIT"));

    isMasked(client.query(READ));
  }

  @Test
  void followsATransactionThatFailsAtItsEnd() throws IOException {
    client.send(
        pipeline(
            client.extended(HARMLESS),
            client.extended(READ),
            client.extended("INSERT INTO late VALUES (1), (1)")));
    client.send(client.sync());
    assertThat(Message.types(client.untilReady())).endsWith("EZ");

    isMasked(client.query(READ));
  }

  @Test
  void followsAPreparedRollback() throws IOException {
    client.send(client.messages.parse("back", "ROLLBACK"));
    succeeds(client.send(client.sync()).untilReady());
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query(READ));

    client.send(
        pipeline(
            new ByteBuf[] {client.messages.bind("", "back"), client.messages.execute("")},
            client.extended(READ)));
    shows(client.send(client.sync()).untilReady());
    isMasked(client.query(READ));
  }

  @Test
  void followsAStatementPreparedBefore() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    client.send(client.messages.parse("read", READ));
    succeeds(client.send(client.sync()).untilReady());
    succeeds(client.query("ROLLBACK"));

    client.send(client.messages.bind("", "read"), client.messages.execute(""));
    shows(client.send(client.sync()).untilReady());
  }

  @Test
  void followsAnSqlStatementPreparedBefore() throws IOException {
    succeeds(client.query("BEGIN"));
    succeeds(client.query(HARMLESS));
    succeeds(client.query("PREPARE read AS " + READ));
    succeeds(client.query("ROLLBACK"));

    shows(client.query("EXECUTE read"));
    client.send(client.messages.bind("", "read"), client.messages.execute(""));
    shows(client.send(client.sync()).untilReady());
  }

  @Test
  void followsDiscard() throws IOException {
    succeeds(client.query("DISCARD TEMP"));

    List<Message> answer = client.query(READ);

    assertThat(Message.types(answer)).isEqualTo("EZ");
  }

  private static ByteBuf[] pipeline(ByteBuf[]... parts) {
    List<ByteBuf> all = new ArrayList<>();
    for (ByteBuf[] part : parts) {
      all.addAll(List.of(part));
    }
    return all.toArray(ByteBuf[]::new);
  }

  private static void succeeds(List<Message> answer) {
    assertThat(Message.ofType('E', answer)).isEmpty();
    shows(answer);
  }

  /** Nothing of a protected value, whatever else. */
  private static void shows(List<Message> answer) {
    assertThat(demo.leak(answer)).isEmpty();
  }

  private static void isMasked(List<Message> answer) {
    succeeds(answer);
    assertThat(Message.ofType('D', answer))
        .extracting(row -> row.columns().getFirst())
        .containsExactlyInAnyOrder("138****5678", "139****6789", "136****7890");
  }
}
