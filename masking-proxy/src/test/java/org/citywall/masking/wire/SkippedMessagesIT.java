// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The database skips messages behind a failure, while the client has sent more behind the Sync:
 * what was skipped must not be taken for done.
 */
class SkippedMessagesIT {

  private static final String PHONES = "SELECT phone || '' FROM person ORDER BY id";
  private static final String MANY = "SELECT g, repeat('x', 100) FROM generate_series(1, 100000) g";

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
  void seeEverything() throws IOException {
    demo.see(TestRights.withoutMasks(), "plain");
    client = demo.client();
  }

  @AfterEach
  void leave() throws IOException {
    client.close();
    demo.awaitNobody();
  }

  private void prepare(String name, String sql) throws IOException {
    client.send(client.messages.parse(name, sql), client.sync());
    assertThat(Message.types(client.untilReady())).isEqualTo("1Z");
  }

  private ByteBuf fails() {
    return client.messages.describe('S', "missing");
  }

  private ByteBuf bind(String statement) {
    return client.messages.bind("", statement);
  }

  private ByteBuf execute() {
    return client.messages.execute("");
  }

  @Test
  void letsRowsPassWhoseStatementIsPreparedAgainMeanwhile() throws IOException {
    prepare("a", MANY);
    client.send(bind("a"), execute(), client.messages.empty(FrontendMessage.FLUSH));
    assertThat(client.read().type()).isEqualTo('2');
    assertThat(client.read().type()).isEqualTo('D');

    demo.see(TestRights.ofMore(), "masked");
    client.send(bind("a"), execute(), client.sync());

    List<Message> rest = client.untilReady();
    assertThat(Message.ofType('D', rest)).hasSize(199_999);
    assertThat(Message.ofType('E', rest)).isEmpty();
  }

  @Test
  void runsNoTextThatWasToBeReplacedWhenTheReplacingWasSkipped() throws IOException {
    prepare("a", PHONES);
    demo.see(TestRights.ofMore(), "masked");

    client.send(fails(), bind("a"), execute(), client.sync());
    client.send(bind("a"), execute(), client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("EZ");
    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("2DDDCZ");
    assertThat(demo.leak(answer)).isEmpty();
  }

  @Test
  void letsSqlExecuteNoTextWhoseReplacingWasSkipped() throws IOException {
    prepare("a", PHONES);
    demo.see(TestRights.ofMore(), "masked");

    client.send(fails(), bind("a"), execute(), client.sync(), client.messages.query("EXECUTE a"));

    assertThat(Message.types(client.untilReady())).isEqualTo("EZ");
    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("EZ");
    assertThat(answer.getFirst().field('M')).startsWith("MSK-0023");
    assertThat(demo.leak(answer)).isEmpty();
  }

  @Test
  void goesOnWithTheStatementThatWasThereBeforeSeveralWereSkipped() throws IOException {
    prepare("", "SELECT 'before'");

    client.send(
        fails(),
        client.messages.parse("", "SELECT 'first'"),
        client.messages.parse("", "SELECT 'second'"),
        client.sync());
    client.send(bind(""), execute(), client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("EZ");
    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("2DCZ");
    assertThat(answer.get(1).columns()).containsExactly("before");
  }

  @Test
  void readsNoPortalUnderOldRightsThatASkippedBindWasToReplace() throws IOException {
    client.query("BEGIN");
    client.send(client.messages.parse("a", PHONES), client.messages.bind("p", "a"), client.sync());
    client.untilReady();
    client.query("SAVEPOINT s");
    client.send(client.messages.parse("back", "ROLLBACK TO SAVEPOINT s"), client.sync());
    client.untilReady();
    demo.see(TestRights.ofMore(), "masked");

    client.send(fails(), client.messages.bind("p", "a"), client.sync());
    client.send(bind("back"), execute(), client.messages.execute("p"), client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("EZ");
    List<Message> answer = client.untilReady();
    assertThat(Message.types(answer)).isEqualTo("2CEZ");
    assertThat(Message.ofType('E', answer).getFirst().field('M')).startsWith("MSK-0023");
    assertThat(demo.leak(answer)).isEmpty();
  }
}
