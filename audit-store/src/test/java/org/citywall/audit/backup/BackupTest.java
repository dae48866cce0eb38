// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path data;
  private Path file;

  @BeforeEach
  void writeLog() {
    data = folder.resolve("data");
    file = folder.resolve("to/backup.tar");
    fixture.grow(data, "a", 500);
  }

  private void createTargetFolder() throws IOException {
    Files.createDirectories(file.resolveSibling(""));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
      return files.toList();
    }
  }

  @Test
  void neverOverwritesAFile() throws IOException {
    createTargetFolder();
    Files.writeString(file, "mine");

    assertRefused(AuditErrorCode.BACKUP_EXISTS, () -> fixture.back(data, file));
    assertThat(file).hasContent("mine");
  }

  @Test
  void overwritesWhatAKilledBackupLeft() throws IOException {
    createTargetFolder();
    Files.writeString(file.resolveSibling("backup.tar.tmp"), "half");

    fixture.back(data, file);

    assertThat(left()).containsExactly(file);
  }

  @Test
  void leavesAnotherBackupAloneThatIsBeingWritten() throws IOException {
    createTargetFolder();
    Path unfinished = file.resolveSibling("backup.tar.tmp");
    try (FileChannel channel =
            FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertRefused(AuditErrorCode.BACKUP_EXISTS, () -> fixture.back(data, file));
    }
    assertThat(unfinished).exists();
  }

  @Test
  void saysThatTheFolderOfTheTargetIsMissing() {
    assertRefused(AuditErrorCode.BACKUP_FAILED, () -> fixture.back(data, file));
  }

  @RandomizedTest(iterations = 6)
  void leavesNothingBehindWhereverTheDiskFills(RandomGenerator random) throws IOException {
    createTargetFolder();
    LogSnapshot log = LogSnapshot.signed(data);
    List<BackupMember> members = BackupFixture.members(log);
    BackupManifest manifest = fixture.manifest(log, members, false);
    long room = random.nextLong(manifest.bytes());
    Backup backup = new Backup(random, out -> new Limited(out, room), BackupFixture.QUICK);

    assertRefused(
        AuditErrorCode.BACKUP_FAILED,
        () -> backup.write(file, manifest, members, Optional.empty(), fixture::sign));
    assertThat(left()).isEmpty();
    assertThat(fixture.verify(data).findings()).isEmpty();
  }

  @RandomizedTest(iterations = 6)
  void restoreLeavesNothingBehindWhereverTheDiskFills(RandomGenerator random) throws IOException {
    createTargetFolder();
    Files.deleteIfExists(file);
    fixture.back(data, file);
    Path restored = folder.resolve("restored" + random.nextInt(1 << 20));
    long room = random.nextLong(20_000);

    assertRefused(
        AuditErrorCode.RESTORE_FAILED,
        () ->
            new Restore(
                    RestoreOptions.STRICT,
                    fixture.clock,
                    Progress.SILENT,
                    out -> new Limited(out, room))
                .run(file, restored));
    assertThat(restored).doesNotExist();
  }

  @Test
  void writesKeysIntoAnEncryptedFileOnly() throws IOException {
    createTargetFolder();
    LogSnapshot log = LogSnapshot.signed(data);
    List<BackupMember> members = BackupFixture.members(log);
    BackupManifest manifest = fixture.manifest(log, members, true);

    assertRefused(
        AuditErrorCode.BACKUP_KEYS_OPEN,
        () ->
            new Backup(new SecureRandom())
                .write(file, manifest, members, Optional.empty(), fixture::sign));
    assertThat(left()).isEmpty();
  }

  @Test
  void failsWhereAFileBecameShorter() throws IOException {
    createTargetFolder();
    LogSnapshot log = LogSnapshot.signed(data);
    List<BackupMember> members = new ArrayList<>(BackupFixture.members(log));
    Path short1 = folder.resolve("short");
    Files.writeString(short1, "abc");
    members.add(BackupMember.of("short", short1, 4));
    BackupManifest manifest = fixture.manifest(log, members, false);

    assertRefused(
        AuditErrorCode.BACKUP_FAILED,
        () ->
            new Backup(new SecureRandom())
                .write(file, manifest, members, Optional.empty(), fixture::sign));
    assertThat(left()).isEmpty();
  }

  @Test
  void everyBackupUnderLoadIsAWholePrefix() throws Exception {
    createTargetFolder();
    LogOptions busy =
        LogOptions.defaults()
            .withSegmentBytes(1 << 16)
            .withIntervals(Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(50));
    AtomicBoolean stop = new AtomicBoolean();
    try (EvidenceLog log = fixture.open(data, busy)) {
      Thread load = Thread.ofPlatform().start(() -> append(log, stop));
      try {
        for (int i = 0; i < 4; i++) {
          long before = log.checkpoint().orElseThrow().size();
          Path to = file.resolveSibling("under-load-" + i);
          fixture.back(data, to);

          Path restored = folder.resolve("restored" + i);
          RestoreReport report = fixture.restore(to, restored);

          assertThat(report.verification().verdict()).isEqualTo(Verdict.INTACT);
          assertThat(report.backup().signedEntries()).isGreaterThanOrEqualTo(before);
          assertSamePrefix(restored, log);
        }
      } finally {
        stop.set(true);
        load.join();
      }
      assertThat(log.size()).isGreaterThan(1000);
    }
    assertThat(fixture.verify(data).findings()).isEmpty();
  }

  private void append(EvidenceLog log, AtomicBoolean stop) {
    for (int i = 1; !stop.get(); i += 20) {
      log.append(fixture.events("load", i, i + 19));
    }
  }

  private void assertSamePrefix(Path restored, LogReader log) {
    try (LogReader copy = fixture.read(restored)) {
      int size = (int) copy.size();
      assertThat(copy.read(0, size)).isEqualTo(log.read(0, size));
    }
  }

  /** A disk that takes so many bytes and then no more. */
  private static final class Limited extends OutputStream {

    private final OutputStream out;
    private long room;

    Limited(OutputStream out, long room) {
      this.out = out;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int fits = (int) Math.min(room, length);
      out.write(bytes, offset, fits);
      room -= fits;
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }
  }
}
