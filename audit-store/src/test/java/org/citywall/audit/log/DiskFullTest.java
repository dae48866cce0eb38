// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {

  @TempDir private Path folder;
  private final FullDisk disk = new FullDisk();

  @Test
  void refusesCleanlyAndGoesOnWhenThereIsRoomAgain() {
    try (EvidenceLog log = TestLogs.open(folder, disk)) {
      log.append(TestEvents.range("a", 1, 3));
      disk.leave(100);

      EvidenceLogContract.assertRefused(
          AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(TestEvents.range("a", 4, 6)));
      assertThat(log.size()).isEqualTo(3);
      assertThat(log.read(0, 10)).hasSize(3);
      EvidenceLogContract.assertRefused(
          AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(TestEvents.range("a", 4, 6)));

      disk.leave(Long.MAX_VALUE);
      assertThat(log.append(TestEvents.range("a", 3, 6))).containsExactly(2, 3, 4, 5);
    }
    assertThat(TestLogs.verifier(folder).full(Progress.SILENT).findings()).isEmpty();
  }

  @Test
  void acceptsAClientIdAgainThatAFailedGroupHeld() {
    try (EvidenceLog log = TestLogs.open(folder, disk)) {
      disk.leave(10);
      List<Entry> entries = List.of(TestEvents.ofClient("http", 1, "x"));
      EvidenceLogContract.assertRefused(AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(entries));

      disk.leave(Long.MAX_VALUE);
      assertThat(log.append(entries)).containsExactly(0);
    }
  }

  @Test // #3
  void leavesNoSegmentThatItHadNoRoomToBegin() {
    try (EvidenceLog log = TestLogs.open(folder, disk)) {
      log.append(TestEvents.range("a", 1, 150));
      // Room for the offsets of the segment and a part of the next one's header.
      disk.leave(16 + 4 * 150 + 10);
      EvidenceLogContract.assertRefused(
          AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(TestEvents.range("a", 151, 500)));
      disk.leave(Long.MAX_VALUE);

      log.append(TestEvents.range("a", 151, 152));
    }
    assertThat(TestLogs.verifier(folder).full(Progress.SILENT).findings()).isEmpty();
    assertThat(TestLogs.reopen(folder)).isEqualTo(152);
  }

  @RandomizedTest(iterations = 4)
  void staysWholeWhereverTheDiskFills(RandomGenerator random) {
    Path data = folder.resolve("full" + random.nextInt(1 << 20));
    try (EvidenceLog log = TestLogs.open(data, disk)) {
      long next = 1;
      for (int i = 0; i < 60; i++) {
        disk.leave(random.nextInt(3) == 0 ? random.nextInt(20_000) : Long.MAX_VALUE);
        next = appendOrRepeat(log, next, 1 + random.nextInt(30));
      }
      disk.leave(Long.MAX_VALUE);
      log.append(TestEvents.range("a", 1, next));
      assertThat(log.size()).isEqualTo(next);
    }
    VerificationReport report = TestLogs.verifier(data).full(Progress.SILENT);
    assertThat(report.verdict()).as("%s", report.findings()).isEqualTo(Verdict.INTACT);
  }

  private static long appendOrRepeat(EvidenceLog log, long next, int count) {
    try {
      log.append(TestEvents.range("a", next, next + count - 1));
      if (next % 3 == 0) {
        log.signCheckpoint();
      }
      return next + count;
    } catch (PlatformException e) {
      assertThat(e.code()).isEqualTo(AuditErrorCode.LOG_WRITE_FAILED);
      return log.size() + 1;
    }
  }
}
