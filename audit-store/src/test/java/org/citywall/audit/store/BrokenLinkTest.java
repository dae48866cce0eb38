// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.store.StoreAccessTest.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.TestEvents;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenLinkTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private TestStore store;
  private FaultyLink link;

  @BeforeEach
  void start() throws Exception {
    store = TestStore.start(folder);
    link = new FaultyLink(store.port());
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    store.close();
  }

  private RemoteLog client(Duration patience, Duration answer) {
    return RemoteLog.open(
        store.options(TestStore.CONSOLE, link.port()).withTimes(patience, answer, LONG));
  }

  @Test
  void recordsOnceWhatItHadToSendAgain() {
    try (RemoteLog log = client(LONG, LONG)) {
      log.append(TestEvents.range("a", 1, 1));
      link.cutAnswersAfter(0);

      long[] leaves = log.append(TestEvents.range("a", 2, 4));

      assertThat(leaves[0]).isIn(1L, EvidenceLog.RECORDED_BEFORE);
      assertThat(leaves[2]).isEqualTo(3);
      assertThat(sequences(log.read(0, 100))).containsExactly(1L, 2L, 3L, 4L);
    }
  }

  @RandomizedTest(iterations = 6)
  void readsTheSameThroughALinkThatBreaksAnywhere(RandomGenerator random) {
    try (RemoteLog log = client(LONG, LONG)) {
      log.append(TestEvents.range("a", 1, 300));
      for (int i = 0; i < 5; i++) {
        link.cutAnswersAfter(random.nextInt(80_000));

        assertThat(sequences(log.read(0, 300)))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
      }
    }
  }

  @Test
  void givesUpWhereTheOtherEndIsSilentlyGone() {
    try (RemoteLog log = client(Duration.ZERO, Duration.ofMillis(300))) {
      assertThat(log.size()).isZero();
      link.fallSilent();

      assertRefused(AuditErrorCode.STORE_UNREACHABLE, log::size);
      assertRefused(
          AuditErrorCode.STORE_UNREACHABLE, () -> log.append(TestEvents.range("a", 1, 1)));
    }
  }

  @Test
  void finishesAnAppendThatBeganOnASilentLink() throws Exception {
    try (RemoteLog log = client(LONG, Duration.ofMillis(500))) {
      assertThat(log.size()).isZero();
      link.fallSilent();
      CompletableFuture<long[]> appended =
          CompletableFuture.supplyAsync(() -> log.append(TestEvents.range("a", 1, 3)));
      assertThat(appended).isNotDone();

      link.repair();

      appended.get(30, TimeUnit.SECONDS);
      assertThat(sequences(store.log().read(0, 100))).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void goesOnAfterTheStoreWasRestarted() {
    try (RemoteLog log = store.client()) {
      log.append(TestEvents.range("a", 1, 3));

      store.restart();

      assertThat(log.append(TestEvents.range("a", 4, 4))).containsExactly(3);
      assertThat(log.read(0, 10)).hasSize(4);
      assertThat(log.signCheckpoint().size()).isEqualTo(4);
    }
  }

  @Test
  void goesOnWaitingThroughARestart() throws Exception {
    try (RemoteLog log = store.client()) {
      CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> await(log, LONG));

      store.restart();
      store.log().append(TestEvents.range("a", 1, 1));

      assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysThatTheStoreDoesNotAnswer() {
    try (RemoteLog log = client(Duration.ofMillis(200), LONG)) {
      store.stopServer();

      assertRefused(AuditErrorCode.STORE_UNREACHABLE, log::size);
      assertRefused(AuditErrorCode.STORE_UNREACHABLE, () -> log.read(0, 1));
      assertRefused(
          AuditErrorCode.STORE_UNREACHABLE, () -> log.append(TestEvents.range("a", 1, 1)));
      assertThat(await(log, Duration.ofMillis(300))).isFalse();
    }
  }

  @Test
  void letsGoWhoWaitsWhenItIsClosed() throws Exception {
    RemoteLog log = store.client();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> await(log, LONG));
    assertThat(log.size()).isZero();

    log.close();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    assertRefused(AuditErrorCode.LOG_CLOSED, log::size);
  }

  @RandomizedTest(iterations = 2)
  void recordsOnceWhatSeveralClientsBringAtTheSameTime(RandomGenerator random) throws Exception {
    int batches = 20;
    int batch = 1 + random.nextInt(9);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        // Each source is brought by two clients, as by a collector and the one that took over.
        String source = "source-" + client % 2;
        done.add(callers.submit(() -> appendAll(source, batches, batch)));
      }
      for (Future<?> each : done) {
        each.get(60, TimeUnit.SECONDS);
      }
    }

    for (String source : List.of("source-0", "source-1")) {
      assertThat(
              sequences(
                  store.log().read(0, 10_000).stream()
                      .filter(entry -> entry.event().position().source().equals(source))
                      .toList()))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, (long) batches * batch).boxed().toList());
    }
  }

  private void appendAll(String source, int batches, int batch) {
    try (RemoteLog log = store.client()) {
      for (int i = 0; i < batches; i++) {
        log.append(TestEvents.range(source, 1L + i * batch, (i + 1L) * batch));
      }
    }
  }

  private static boolean await(RemoteLog log, Duration atMost) {
    try {
      return log.awaitBeyond(0, atMost);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Long> sequences(List<LoggedEntry> entries) {
    return entries.stream().map(entry -> entry.event().position().sequence()).toList();
  }
}
