// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two proxies before one database, of which one is killed while clients of both are busy. */
class OneOfTwoKilledIT {

  private static final int CLIENTS = 6;

  @Test
  @Timeout(120)
  void leavesClientsOfTheOtherAloneAndNoConnectionBehind() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answers = new AtomicInteger();
    List<Future<Integer>> staying = new ArrayList<>();
    List<Future<Integer>> leaving = new ArrayList<>();
    try (ProxiedDemo demo = ProxiedDemo.start();
        ProxyProcess killed = ProxyProcess.start(databasePort(demo));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        AutoCloseable end = () -> over.set(true)) {
      RawClient holder = client(killed.port());
      holder.query("BEGIN");
      holder.query("DELETE FROM orders");
      RawClient unread = client(killed.port());
      unread.send(
          unread.messages.query("SELECT g, repeat('x', 300) FROM generate_series(1, 1000000) g"));
      for (int i = 0; i < CLIENTS; i++) {
        staying.add(clients.submit(() -> work(demo.port(), over, answers)));
        leaving.add(clients.submit(() -> work(killed.port(), over, answers)));
      }
      Awaitility.await().atMost(RawClient.PATIENCE).until(() -> answers.get() > 20 * CLIENTS);
      int before = answers.get();

      killed.kill();

      for (Future<Integer> client : leaving) {
        assertThat(client.get(20, TimeUnit.SECONDS)).isPositive();
      }
      Awaitility.await()
          .atMost(RawClient.PATIENCE)
          .until(() -> demo.backends() == CLIENTS && answers.get() > before + 20 * CLIENTS);
      try (RawClient next = demo.client()) {
        assertThat(Message.types(next.query("DELETE FROM orders WHERE id < 0"))).isEqualTo("CZ");
        assertThat(Message.types(next.query("SELECT id FROM orders"))).isEqualTo("TDDCZ");
      }
      assertThat(staying).noneMatch(Future::isDone);
      over.set(true);
      for (Future<Integer> client : staying) {
        assertThat(client.get(20, TimeUnit.SECONDS)).isPositive();
      }
      holder.close();
      unread.close();
      demo.awaitNobody();
    }
  }

  private static RawClient client(int port) throws IOException {
    return RawClient.loggedIn(port, ProxiedDemo.USER, TestProxy.PASSWORD);
  }

  private static int databasePort(ProxiedDemo demo) {
    return demo.proxy().database.port();
  }

  /** Works until it is over or the proxy is gone, and says how much it got done. */
  private static int work(int port, AtomicBoolean over, AtomicInteger answers) throws IOException {
    int done = 0;
    try (RawClient client = client(port)) {
      while (!over.get()) {
        client.send(client.extended("SELECT phone FROM person")).send(client.sync());
        List<Message> answer = client.untilReady();
        if (!Message.types(answer).equals("12DDDCZ")) {
          throw new IllegalStateException("not what was asked for: " + answer);
        }
        client.query("BEGIN");
        client.query("SELECT count(*) FROM big");
        client.query("COMMIT");
        done++;
        answers.incrementAndGet();
      }
    } catch (IOException e) {
      if (done == 0) {
        throw e;
      }
    }
    return done;
  }
}
