// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process writes: what it leaves when it is killed, and what can be read meanwhile. */
class WriterKilledIT {

  private static final KeyWrapper WRAPPER = AppendingProcess.keys().wrapper();

  @TempDir private Path folder;

  @RandomizedTest(iterations = 3)
  void losesNothingAcknowledgedWhenItsProcessIsKilled(RandomGenerator random) throws Exception {
    Path data = folder.resolve("killed" + random.nextInt(1 << 20));
    long acknowledged = 0;
    for (int round = 0; round < 2; round++) {
      acknowledged = Math.max(acknowledged, writeAndKill(data, 100 + random.nextInt(900)));

      assertThat(verdict(data)).isEqualTo(Verdict.INTACT);
      assertHolds(data, acknowledged);
    }
    assertThat(acknowledged).isPositive();
    assertThat(verdict(data)).isEqualTo(Verdict.INTACT);
  }

  /** Every acknowledged sequence is there, and none is there twice. */
  private static void assertHolds(Path data, long acknowledged) {
    try (EvidenceLog log = openAsChildDoes(data)) {
      List<Long> sequences = new ArrayList<>();
      for (LoggedEntry entry : log.read(0, Integer.MAX_VALUE)) {
        sequences.add(entry.event().position().sequence());
      }
      assertThat(sequences).doesNotHaveDuplicates().isSorted();
      assertThat(sequences.size()).isGreaterThanOrEqualTo((int) acknowledged);
      assertThat(sequences.getLast()).isEqualTo(sequences.size());
    }
  }

  private static EvidenceLog openAsChildDoes(Path data) {
    return EvidenceLogs.open(
        data, TestLogs.QUIET, AppendingProcess.keys(), Clock.systemUTC(), new SecureRandom());
  }

  /** Runs a writer, kills it after this many acknowledgements; answers the last one it gave. */
  private static long writeAndKill(Path data, int acknowledgements) throws Exception {
    Process child = start(data);
    long last = 0;
    try (BufferedReader out = child.inputReader()) {
      for (int i = 0; i < acknowledgements; i++) {
        String line = out.readLine();
        if (line == null) {
          break;
        }
        last = Long.parseLong(line);
      }
      // Through its handle: destroying the process itself would close what it still says.
      child.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        // A line that the kill cut short is no acknowledgement.
        last = line.length() == 12 ? Long.parseLong(line) : last;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    return last;
  }

  @Test
  void showsOnlyDurableEntriesToAReaderInAnotherProcess() throws Exception {
    Process child = start(folder);
    try (BufferedReader out = child.inputReader()) {
      long acknowledged = Long.parseLong(out.readLine());
      try (LogReader reader = EvidenceLogs.openReadOnly(folder, WRAPPER)) {
        for (int i = 0; i < 200; i++) {
          assertThat(reader.size()).isGreaterThanOrEqualTo(acknowledged);
          assertThat(reader.awaitBeyond(acknowledged, Duration.ofSeconds(30))).isTrue();
          LoggedEntry last = reader.read(reader.size() - 1);
          assertThat(last.event().position().sequence()).isEqualTo(last.leaf() + 1);
          acknowledged = Long.parseLong(out.readLine());
        }
        assertThat(verdict(folder)).isEqualTo(Verdict.INTACT);
        EvidenceLogContract.assertRefused(AuditErrorCode.LOG_LOCKED, () -> openAsChildDoes(folder));
      }
    } finally {
      child.toHandle().destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Verdict verdict(Path data) {
    return new LogVerifier(data, List.of(), WRAPPER).full(Progress.SILENT).verdict();
  }
}
