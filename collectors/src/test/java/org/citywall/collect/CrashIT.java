// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kills the collector at random moments under load; what it acknowledged must be there, once. */
class CrashIT {

  private static final int ROUNDS = Boolean.getBoolean("tests.deep") ? 20 : 4;
  private static final int LINES = 20;

  @TempDir Path spool;
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  @RandomizedTest(iterations = 1)
  void losesNothingThatWasAcknowledged(RandomGenerator random) throws Exception {
    int relp = CollectorProcess.freePort();
    int http = CollectorProcess.freePort();
    for (int round = 0; round < ROUNDS; round++) {
      CollectorProcess process = CollectorProcess.start(spool, relp, http);
      AtomicBoolean stopped = new AtomicBoolean();
      int number = round;
      Thread sender = Thread.ofVirtual().start(() -> sendUntil(stopped, http, number));
      int before = acknowledged.size();
      await().atMost(Duration.ofSeconds(30)).until(() -> acknowledged.size() > before);
      new CountDownLatch(1).await(random.nextInt(300), TimeUnit.MILLISECONDS);
      process.close();
      stopped.set(true);
      sender.join();
    }

    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * LINES - 1);
    try (MemoryLog log = new MemoryLog()) {
      org.citywall.collect.Collectors.start(
              CollectorConfig.in(spool).build(), log, null, Clock.systemUTC())
          .close();
      var ids =
          log.read(0, Integer.MAX_VALUE).stream()
              .map(LoggedEntry::event)
              .filter(event -> event.has(Field.GOV_CLIENT_ID))
              .map(event -> event.text(Field.GOV_CLIENT_ID))
              .collect(Collectors.toList());
      assertThat(ids).containsAll(acknowledged).doesNotHaveDuplicates();
    }
  }

  /** Sends batches, each until it is acknowledged, as a client does that wants to lose nothing. */
  private void sendUntil(AtomicBoolean stopped, int port, int round) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int batch = 0; !stopped.get(); batch++) {
        StringBuilder body = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
          body.append("{\"event.id\":\"").append(id(round, batch, line)).append("\"}\n");
        }
        if (send(client, port, body.toString())) {
          for (int line = 0; line < LINES; line++) {
            acknowledged.add(id(round, batch, line));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean send(HttpClient client, int port, String body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
            .timeout(Duration.ofSeconds(5))
            .header("Authorization", "Bearer " + CollectorProcess.TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static String id(int round, int batch, int line) {
    return round + "-" + batch + "-" + line;
  }
}
