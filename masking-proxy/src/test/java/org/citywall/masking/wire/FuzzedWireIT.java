// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Sessions of random messages: nothing protected comes back, and nothing is left behind. */
class FuzzedWireIT {

  /** 20 iterations of this make a million under {@code -Pdeep}. */
  private static final int MESSAGES = Boolean.getBoolean("tests.deep") ? 50_000 : 20_000;

  private static final int PER_SESSION = 120;

  private static ProxiedDemo demo;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @RandomizedTest(iterations = 1)
  void showsNothingAndLeavesNothingBehind(RandomGenerator random) throws IOException {
    try (RawClient bystander = demo.client()) {
      for (int sent = 0; sent < MESSAGES; sent += PER_SESSION) {
        session(random);
        List<Message> answer = bystander.query("SELECT phone FROM person");
        assertThat(Message.types(answer)).isEqualTo("TDDDCZ");
        assertThat(demo.leak(answer)).isEmpty();
      }
    }
    demo.awaitNobody();
    demo.record().decisions.clear();
    demo.record().completions.clear();
  }

  private static void session(RandomGenerator random) throws IOException {
    try (RawClient client = demo.client()) {
      FuzzedMessages messages = new FuzzedMessages(client.messages, random);
      List<ByteBuf> all = new ArrayList<>();
      for (int i = 0; i < PER_SESSION; i++) {
        all.add(messages.next());
      }
      int end = random.nextInt(10);
      if (end > 0) {
        all.addAll(messages.end());
      }
      List<Message> answer = new ArrayList<>();
      Thread writer = Thread.ofVirtual().start(() -> send(client, all));
      if (end > 0) {
        answer.addAll(client.until(FuzzedMessages.END));
      }
      if (end == 0 || random.nextBoolean()) {
        client.reset();
      }
      join(writer);
      assertThat(demo.leak(answer)).as("%s", messages).isEmpty();
    }
  }

  private static void send(RawClient client, List<ByteBuf> all) {
    try {
      for (ByteBuf one : all) {
        client.send(one);
      }
    } catch (IOException e) {
      // the session was ended, as it may
    }
  }

  private static void join(Thread writer) {
    try {
      assertThat(writer.join(RawClient.PATIENCE)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
