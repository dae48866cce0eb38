// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client executes what a failed query has left behind, at which PostgreSQL 18 crashes. */
class UnnamedPortalIT {

  private static final String FAILS_WHEN_IT_RUNS = "DISCARD ALL";

  /** Overwrites the memory of the statement before. */
  private static final String OVERWRITES = "SELECT '" + "x".repeat(500) + "'";

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
  void fail() throws IOException {
    client = demo.client();
    client.query("BEGIN");
    assertThat(Message.types(client.query(FAILS_WHEN_IT_RUNS))).isEqualTo("EZ");
    assertThat(Message.types(client.query(OVERWRITES))).isEqualTo("EZ");
  }

  private ByteBuf execute() {
    return client.messages.execute("");
  }

  private static void assertNoPortal(Message answer) {
    assertThat(answer.field('C')).isEqualTo("34000");
  }

  private void assertServes() throws IOException {
    client.query("ROLLBACK");
    client.send(client.extended("SELECT 1")).send(client.sync());
    assertThat(Message.types(client.untilReady())).isEqualTo("12DCZ");
    client.close();
    demo.awaitNobody();
  }

  @Test
  void executesNoPortalOfAFailedQuery() throws IOException {
    List<Message> answer = client.send(execute(), client.sync()).untilReady();

    assertNoPortal(answer.getFirst());
    assertServes();
  }

  @Test
  void describesNoPortalOfAFailedQuery() throws IOException {
    List<Message> answer =
        client.send(client.messages.describe('P', ""), client.sync()).untilReady();

    assertNoPortal(answer.getFirst());
    assertServes();
  }

  @Test
  void executesNoneThatABindHasFailedToReplace() throws IOException {
    client.send(client.messages.bind("", "missing"), client.sync(), execute(), client.sync());

    assertThat(client.untilReady().getFirst().field('C')).isEqualTo("26000");
    assertNoPortal(client.untilReady().getFirst());
    assertServes();
  }

  @Test
  void executesNoneWhoseClosingTheDatabaseHasSkipped() throws IOException {
    client.send(
        client.messages.describe('S', "missing"),
        execute(),
        client.sync(),
        execute(),
        client.sync());

    assertThat(client.untilReady().getFirst().field('C')).isEqualTo("26000");
    assertNoPortal(client.untilReady().getFirst());
    assertServes();
  }

  @Test
  void keepsAPortalThatWasBoundBehindAFailedQuery() throws IOException {
    client.query("ROLLBACK");
    client.query("BEGIN");
    client.query("SELECT 1");
    client.send(client.messages.parse("", "SELECT g FROM generate_series(1, 3) g"));
    client.send(client.messages.bind("", ""), one(), one(), client.sync());

    assertThat(Message.types(client.untilReady())).isEqualTo("12DsDsZ");
    client.send(one(), client.sync());
    assertThat(Message.types(client.untilReady())).isEqualTo("DsZ");
    assertServes();
  }

  private ByteBuf one() {
    return client.messages.message(
        'E',
        body -> {
          Messages.text(body, "");
          body.writeInt(1);
        });
  }
}
