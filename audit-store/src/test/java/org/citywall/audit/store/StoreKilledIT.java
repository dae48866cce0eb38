// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.TestEvents;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.io.TempDir;

/** The process that keeps the store is killed under load, again and again. */
class StoreKilledIT {

  private static final int WRITERS = 3;
  private static final int KILLS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final AtomicLong acknowledged = new AtomicLong();
  private volatile boolean enough;

  @RandomizedTest(iterations = 2)
  void keepsEveryAcknowledgedEntryOnce(RandomGenerator random) throws Exception {
    Path data = folder.resolve("store" + random.nextInt(1 << 20));
    enough = false;
    assertThat(TestStore.key()).as("keys are made before two processes use them").isNotNull();
    Process child = start(data, 0);
    int port = port(child);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = "writer-" + writer;
        writers.add(threads.submit(() -> write(data, port, name)));
      }
      Future<List<LoggedEntry>> reader = threads.submit(() -> follow(data, port));
      for (int kill = 0; kill < KILLS; kill++) {
        awaitMore(50 + random.nextInt(200));
        child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        child = start(data, port);
        assertThat(port(child)).isEqualTo(port);
      }
      awaitMore(50);
      enough = true;
      Map<String, Long> written = new HashMap<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        written.put("writer-" + writer, writers.get(writer).get(120, TimeUnit.SECONDS));
      }
      List<LoggedEntry> seen = reader.get(120, TimeUnit.SECONDS);
      child.destroyForcibly().waitFor(30, TimeUnit.SECONDS);

      assertHolds(data, written, seen);
    } finally {
      enough = true;
      child.destroyForcibly();
    }
  }

  private void awaitMore(long entries) {
    long enoughThen = acknowledged.get() + entries;
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> acknowledged.get() >= enoughThen);
  }

  /** Appends batches of 1 to 5 until it is enough; answers the last sequence acknowledged. */
  private long write(Path data, int port, String source) {
    long last = 0;
    try (RemoteLog log = client(data, port, source)) {
      while (!enough) {
        int batch = 1 + (int) (last % 5);
        long[] leaves = log.append(TestEvents.range(source, last + 1, last + batch));
        assertThat(leaves).hasSize(batch);
        assertThat(leaves[batch - 1]).isGreaterThan(EvidenceLog.RECORDED_BEFORE);
        last += batch;
        acknowledged.addAndGet(batch);
      }
    }
    return last;
  }

  /** Reads what comes until it is enough and nothing more comes. */
  private List<LoggedEntry> follow(Path data, int port) throws InterruptedException {
    List<LoggedEntry> seen = new ArrayList<>();
    try (RemoteLog log = client(data, port, "follower")) {
      boolean more = true;
      while (more) {
        boolean last = enough;
        List<LoggedEntry> batch = log.read(seen.size(), 100);
        seen.addAll(batch);
        more = !last || !batch.isEmpty() || log.awaitBeyond(seen.size(), Duration.ofMillis(500));
      }
    }
    return seen;
  }

  private static RemoteLog client(Path data, int port, String name) {
    return RemoteLog.open(
        TestStore.options(TestStore.CONSOLE, port, data.resolve("remembered-" + name))
            .withTimes(PATIENCE, PATIENCE, PATIENCE));
  }

  private static void assertHolds(Path data, Map<String, Long> written, List<LoggedEntry> seen) {
    Map<String, List<Long>> held = new HashMap<>();
    try (LogReader log = TestStore.openLog(data)) {
      List<LoggedEntry> all = log.read(0, Integer.MAX_VALUE);
      for (LoggedEntry entry : all) {
        SourcePosition at = entry.event().position();
        held.computeIfAbsent(at.source(), source -> new ArrayList<>()).add(at.sequence());
      }
      assertThat(seen).isEqualTo(all);
    }
    assertThat(held).hasSameSizeAs(written);
    written.forEach(
        (source, last) ->
            assertThat(held.get(source))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList()));
    assertThat(new LogVerifier(data, Optional.empty()).full(Progress.SILENT).verdict())
        .isEqualTo(Verdict.INTACT);
  }

  private static int port(Process child) throws IOException {
    return Integer.parseInt(child.inputReader().readLine());
  }

  private static Process start(Path data, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            data.toString(),
            Integer.toString(port))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
