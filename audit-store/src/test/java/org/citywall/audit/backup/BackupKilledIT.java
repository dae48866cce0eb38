// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Another process makes backups or restores them, and is killed at any moment. */
class BackupKilledIT {

  private static final RestoreOptions UNSIGNED = RestoreOptions.STRICT.acceptingUnsigned();

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path data;
  private Path targets;

  @BeforeEach
  void writeLog() throws IOException {
    data = folder.resolve("data");
    fixture.grow(data, "a", 5000);
    targets = Files.createDirectories(folder.resolve("targets"));
  }

  /** Kills the process somewhat behind the beginning of a round; answers which round that was. */
  private int killed(String what, Path from, RandomGenerator random) throws Exception {
    Process child = KilledProcess.start(what, from, targets);
    int round = -1;
    try (BufferedReader out = child.inputReader()) {
      String line = out.readLine();
      for (int rounds = 1 + random.nextInt(3); line != null; line = out.readLine()) {
        if (line.startsWith("begin ") && rounds-- == 0) {
          round = Integer.parseInt(line.substring("begin ".length()));
          child.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(round).as(Files.readString(targets.resolve("stderr.txt"))).isPositive();
    return round;
  }

  @RandomizedTest(iterations = 3)
  void aKilledBackupLeavesNoFileUnderItsName(RandomGenerator random) throws Exception {
    int round = killed("backup", data, random);

    List<Path> named;
    try (Stream<Path> files = Files.list(targets)) {
      named = files.filter(f -> f.getFileName().toString().matches("backup-[0-9]+")).toList();
    }
    assertThat(named).hasSizeGreaterThanOrEqualTo(round);
    for (Path file : named) {
      Path restored = folder.resolve("r" + random.nextInt(1 << 20));
      assertThat(fixture.restore(file, restored, UNSIGNED).backup().entries()).isEqualTo(5000);
      Files.delete(file);
    }
    // The next one takes the place of what was left.
    Path again = targets.resolve("backup-" + round);
    fixture.back(data, again);
    assertThat(targets.resolve("backup-" + round + ".tmp")).doesNotExist();
    Files.delete(again);
  }

  @RandomizedTest(iterations = 3)
  void aKilledRestoreLeavesNoFolderThatAWriterOpens(RandomGenerator random) throws Exception {
    Path file = folder.resolve("backup" + random.nextInt(1 << 20));
    fixture.back(data, file);
    targets = Files.createDirectories(folder.resolve("restores" + random.nextInt(1 << 20)));

    int round = killed("restore", file, random);

    Path interrupted = targets.resolve("restore-" + round);
    if (Files.exists(interrupted.resolve("log/restoring"))) {
      assertRefused(AuditErrorCode.RESTORE_UNFINISHED, () -> fixture.open(interrupted));
      assertRefused(
          AuditErrorCode.RESTORE_UNFINISHED, () -> fixture.restore(file, interrupted, UNSIGNED));
    } else if (Files.exists(interrupted.resolve("log/format"))) {
      assertGoesOn(interrupted);
    }
    assertGoesOn(targets.resolve("restore-0"));
  }

  private void assertGoesOn(Path restored) {
    try (EvidenceLog log = fixture.open(restored)) {
      assertThat(log.size()).isEqualTo(5001);
    }
    assertThat(fixture.verify(restored).findings()).isEmpty();
  }
}
