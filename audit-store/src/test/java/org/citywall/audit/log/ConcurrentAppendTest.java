// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentAppendTest {

  private static final int CALLERS = 6;
  private static final int BATCHES = 20;

  @TempDir private Path folder;

  @RandomizedTest(iterations = 2)
  void givesEveryEntryOneLeafInTheOrderOfItsSource(RandomGenerator random) throws Exception {
    Path data = folder.resolve("log" + random.nextInt(1 << 20));
    int batch = 1 + random.nextInt(9);
    Set<Long> leaves = new HashSet<>();
    try (EvidenceLog log = TestLogs.open(data);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Long>>> answers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        String source = "source-" + caller;
        answers.add(callers.submit(() -> appendAll(log, source, batch)));
      }
      for (Future<List<Long>> answer : answers) {
        List<Long> own = answer.get(60, TimeUnit.SECONDS);
        assertThat(own).isSorted();
        leaves.addAll(own);
      }

      assertThat(leaves).hasSize(CALLERS * BATCHES * batch);
      assertThat(log.size()).isEqualTo(CALLERS * BATCHES * batch);
    }
    assertThat(TestLogs.verifier(data).full(Progress.SILENT).findings()).isEmpty();
  }

  private static List<Long> appendAll(EvidenceLog log, String source, int batch) {
    List<Long> leaves = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      for (long leaf : log.append(TestEvents.range(source, 1L + i * batch, (i + 1L) * batch))) {
        leaves.add(leaf);
      }
    }
    return leaves;
  }
}
