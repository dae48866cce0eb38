// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.io.TempDir;

/** The power fails: writes that were not forced are lost, torn and reordered. */
class PowerCutTest {

  private static final NoteSigner NEXT = new NoteSigner(TestKeys.SIGNER.name(), new KeyInMemory());
  private static final LogKeys CHANGED =
      new LogKeys(NEXT, TestKeys.ALL.sm3(), TestKeys.ALL.wrapper(), List.of())
          .alsoSignedBy(TestKeys.SIGNER);

  @TempDir private Path folder;

  /** How many entries were acknowledged when so many steps had been taken. */
  private record Acknowledged(int steps, long entries) {}

  private final List<Acknowledged> acknowledged = new ArrayList<>();

  @RandomizedTest(iterations = 1)
  void losesNothingAcknowledgedAndRaisesNoFalseAlarm(RandomGenerator random) throws IOException {
    Path data = Files.createDirectory(folder.resolve("live" + random.nextInt(1 << 30)));
    PowerCutDisk disk = new PowerCutDisk(data);
    acknowledged.clear();
    boolean changed = false;
    for (int session = 0; session < 3; session++) {
      changed = write(data, disk, session == 1, changed, random);
    }
    for (int i = 0; i < 60; i++) {
      int before = 1 + random.nextInt(disk.steps());
      Path copy = Files.createDirectory(folder.resolve("cut"));
      disk.cut(before, random, copy);
      long promised =
          acknowledged.stream()
              .filter(done -> done.steps() <= before)
              .mapToLong(Acknowledged::entries)
              .max()
              .orElse(0);
      if (random.nextInt(3) == 0) {
        copy = cutAgain(copy, random);
      }
      goesOn(copy, promised, "cut before step " + before);
      TestLogs.delete(copy);
    }
  }

  /** The power fails again while the log is opened or soon after. */
  private Path cutAgain(Path data, RandomGenerator random) throws IOException {
    PowerCutDisk disk = new PowerCutDisk(data);
    int opened = disk.steps();
    try (KeptLog log = reopened(data, disk)) {
      log.signCheckpoint();
    }
    Path copy = Files.createDirectory(folder.resolve("cut-again"));
    disk.cut(opened + random.nextInt(disk.steps() - opened + 1), random, copy);
    TestLogs.delete(data);
    return copy;
  }

  private boolean write(
      Path data, PowerCutDisk disk, boolean changesKey, boolean changed, RandomGenerator random) {
    try (KeptLog log = open(data, disk, changed ? CHANGED : TestKeys.ALL)) {
      int groups = 4 + random.nextInt(8);
      int changeAt = changesKey ? random.nextInt(groups) : -1;
      for (int group = 0; group < groups; group++) {
        long next = log.size() + 1;
        int count = 1 + random.nextInt(random.nextInt(4) == 0 ? 300 : 20);
        log.append(TestEvents.range("a", next, next + count - 1));
        acknowledged.add(new Acknowledged(disk.steps(), log.size()));
        if (random.nextInt(3) == 0) {
          log.signCheckpoint();
        }
        if (group == changeAt) {
          log.changeKey(NEXT);
          acknowledged.add(new Acknowledged(disk.steps(), log.size()));
        }
      }
    }
    return changed || changesKey;
  }

  private static KeptLog open(Path data, Disk disk, LogKeys keys) {
    return EvidenceLogs.open(
        data,
        TestLogs.QUIET,
        keys,
        Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
        new SecureRandom(),
        disk);
  }

  /** The log opens without help, holds what was promised, goes on and verifies. */
  private static void goesOn(Path data, long promised, String when) {
    try (KeptLog log = reopened(data, Disk.REAL)) {
      assertThat(log.size()).as(when).isGreaterThanOrEqualTo(promised);
      for (LoggedEntry entry : log.read(0, (int) log.size())) {
        if (entry.event().position().source().equals("a")) {
          assertThat(entry.event().position().sequence()).isEqualTo(entry.leaf() + 1);
        }
      }
      long next = log.size() + 1;
      log.append(TestEvents.range("a", next, next + 2));
    }
    VerificationReport report = TestLogs.verifier(data).full(Progress.SILENT);
    assertThat(report.verdict()).as(when + report.findings()).isEqualTo(Verdict.INTACT);
    // A data key that was not finished is put aside, and the verifier says so.
    assertThat(report.findings())
        .as(when)
        .allMatch(found -> found instanceof Finding.Remark && found.file().startsWith("keys/cut-"));
  }

  /** Opened with the key that is in charge, as the program does that has both at hand. */
  private static KeptLog reopened(Path data, Disk disk) {
    try {
      return open(data, disk, CHANGED);
    } catch (PlatformException e) {
      assertThat(e.code()).as("%s", e).isEqualTo(AuditErrorCode.NOTE_UNTRUSTED);
      return open(data, disk, TestKeys.ALL);
    }
  }
}
