// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LogRestore;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.KeyInMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path data;
  private Path file;
  private Path restored;

  @BeforeEach
  void writeLog() {
    data = folder.resolve("data");
    file = folder.resolve("backup.tar");
    restored = folder.resolve("restored");
    fixture.grow(data, "a", 300);
    fixture.grow(data, "b", 400);
  }

  private List<LoggedEntry> entries(Path data) {
    try (LogReader log = fixture.read(data)) {
      return log.read(0, Integer.MAX_VALUE);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void bringsBackEveryEntryAndTheTree() {
    fixture.back(data, file);

    RestoreReport report = fixture.restore(file, restored);

    assertThat(report.signed()).isTrue();
    assertThat(report.verification().verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.verification().findings()).isEmpty();
    assertThat(fixture.verify(restored).entries()).isEqualTo(700);
    assertThat(entries(restored)).isEqualTo(entries(data));
  }

  @Test
  void goesOnWithAnEntryThatTellsOfTheRestore() {
    Backup.Written written = fixture.back(data, file);
    fixture.restore(file, restored);

    fixture.grow(restored, "c", 5);

    assertThat(fixture.verify(restored).findings()).isEmpty();
    assertThat(fixture.verify(restored).signedEntries()).isEqualTo(706);
    LoggedEntry first = entries(restored).get(700);
    assertThat(first.kind()).isEqualTo(EntryKind.CONTROL);
    assertThat(RestoreEntry.is(first)).isTrue();
    assertThat(first.event().labels())
        .containsEntry("restore.backup", written.sums().hex())
        .containsEntry("restore.entries", "700")
        .containsEntry("restore.compared", "false");
    assertThat(first.event().text(Field.MESSAGE)).contains("what is missing is not known");
    assertThat(entries(restored).subList(701, 706)).noneMatch(RestoreEntry::is);
  }

  @Test
  void tellsOfEveryRestoreOfALogThatWasRestoredTwiceBeforeItWentOn() {
    fixture.back(data, file);
    fixture.restore(file, restored);
    Path second = folder.resolve("second.tar");
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.backWhole(restored, second);
    Path again = folder.resolve("again");
    fixture.restore(second, again);

    fixture.grow(again, "c", 1);

    assertThat(entries(again).subList(700, 702)).allMatch(RestoreEntry::is);
  }

  @Test
  void tellsOfARestoreOnceThoughTheWriterDiedBeforeItForgotTheEntry() throws IOException {
    fixture.back(data, file);
    fixture.restore(file, restored);
    byte[] opening = Files.readAllBytes(restored.resolve("log/opening"));
    fixture.grow(restored, "c", 1);

    Files.write(restored.resolve("log/opening"), opening);
    fixture.grow(restored, "d", 1);

    assertThat(entries(restored)).filteredOn(RestoreEntry::is).hasSize(1);
    assertThat(restored.resolve("log/opening")).doesNotExist();
  }

  @Test
  void stopsAtTheLastCheckpointWhileTheLogGoesOn() {
    try (EvidenceLog log = fixture.open(data)) {
      log.append(fixture.events("c", 1, 50));

      fixture.back(data, file);
    }
    fixture.restore(file, restored);

    assertThat(entries(restored)).isEqualTo(entries(data).subList(0, 700));
  }

  @Test
  void keepsWhatIsDurableAndNotSignedOfALogThatNobodyWrites() throws IOException {
    Path crashed = folder.resolve("crashed");
    try (EvidenceLog log = fixture.open(data)) {
      log.append(fixture.events("c", 1, 50));
      copy(data, crashed);
    }
    append(crashed.resolve("log/segment"), new byte[] {1, 2, 3});
    fixture.backWhole(crashed, file);

    RestoreReport report = fixture.restore(file, restored);

    assertThat(report.backup().entries()).isEqualTo(750);
    assertThat(report.verification().signedEntries()).isEqualTo(700);
    assertThat(entries(restored)).isEqualTo(entries(data));
    fixture.grow(restored, "d", 1);
    assertThat(entries(restored).subList(0, 750)).isEqualTo(entries(data));
    assertThat(RestoreEntry.is(entries(restored).get(750))).isTrue();
  }

  @Test
  void takesFilesOfTheLogThatItDoesNotKnow() throws IOException {
    Files.createDirectories(data.resolve("log/later"));
    Files.writeString(data.resolve("log/later/file"), "durable");
    Files.writeString(data.resolve("log/sm3/more"), "derived");
    fixture.back(data, file);

    fixture.restore(file, restored);

    assertThat(restored.resolve("log/later/file")).hasContent("durable");
    assertThat(restored.resolve("log/sm3/more")).doesNotExist();
  }

  @Test
  void restoresALogThatHoldsNothingYet() {
    Path empty = folder.resolve("empty");
    fixture.open(empty).close();
    fixture.back(empty, file);

    fixture.restore(file, restored);

    assertThat(entries(restored)).isEmpty();
    fixture.grow(restored, "a", 1);
    assertThat(fixture.verify(restored).findings()).isEmpty();
  }

  @Test
  void readsBackWhatWasEncrypted() throws IOException {
    Backup.Written written = fixture.backSealed(data, file);

    assertThat(written.encrypted()).isTrue();
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("ustar")
        .doesNotContain("ssh_login");
    assertRefused(AuditErrorCode.BACKUP_SEALED, () -> fixture.restore(file, restored));
    assertThat(restored).doesNotExist();
    fixture.restore(file, restored, RestoreOptions.STRICT.withPassphrase(BackupFixture.PASSPHRASE));
    assertThat(entries(restored)).isEqualTo(entries(data));
  }

  @Test
  void letsNobodyButTheOwnerReadBackupAndRestoredFiles() throws IOException {
    fixture.back(data, file);
    fixture.restore(file, restored);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(restored.resolve("log/segment"))))
        .isEqualTo("rwx------");
  }

  @Test
  void wantsAnEmptyFolder() throws IOException {
    fixture.back(data, file);
    Files.createDirectories(restored);
    Files.writeString(restored.resolve("note"), "mine");

    assertRefused(AuditErrorCode.RESTORE_FOLDER_USED, () -> fixture.restore(file, restored));
    assertThat(files(restored)).containsExactly(restored.resolve("note"));
    assertRefused(AuditErrorCode.RESTORE_FOLDER_USED, () -> fixture.restore(file, data));
    assertThat(fixture.verify(data).findings()).isEmpty();
  }

  @Test
  void leavesAFolderAloneThatAServerHasTaken() {
    fixture.back(data, file);
    try (EvidenceLog log = fixture.open(restored)) {
      log.append(fixture.events("x", 1, 3));

      assertRefused(AuditErrorCode.RESTORE_FOLDER_USED, () -> fixture.restore(file, restored));
      assertThat(log.read(0, 10)).hasSize(3);
    }
    assertThat(fixture.verify(restored).findings()).isEmpty();
  }

  @Test
  void letsNoWriterOpenWhatWasInterrupted() throws IOException {
    Files.createDirectories(restored.resolve("log"));
    LogRestore.begin(restored).close();
    fixture.back(data, file);

    assertRefused(AuditErrorCode.RESTORE_UNFINISHED, () -> fixture.open(restored));
    assertRefused(AuditErrorCode.RESTORE_UNFINISHED, () -> LogSnapshot.whole(restored));
    assertRefused(AuditErrorCode.RESTORE_UNFINISHED, () -> fixture.restore(file, restored));
  }

  @Test
  void wantsTheSignatureOfTheLogsKey() {
    fixture.backUnsigned(data, file);

    assertRefused(AuditErrorCode.BACKUP_UNTRUSTED, () -> fixture.restore(file, restored));
    assertThat(restored).doesNotExist();
    RestoreReport report =
        fixture.restore(file, restored, RestoreOptions.STRICT.acceptingUnsigned());
    assertThat(report.signed()).isFalse();
  }

  @Test
  void wantsTheKeyThatTheCallerTrusts() {
    fixture.back(data, file);
    NoteSigner other = new NoteSigner("test.example/log", new KeyInMemory());

    assertRefused(
        AuditErrorCode.BACKUP_UNTRUSTED,
        () -> fixture.restore(file, restored, RestoreOptions.STRICT.trusting(other.verifierKey())));
    fixture.restore(file, restored, RestoreOptions.STRICT.trusting(fixture.signer.verifierKey()));
    assertThat(restored.resolve("log/format")).exists();
  }

  @Test
  void refusesALogThatWasAlteredBeforeItWasBackedUp() throws IOException {
    Path segment = data.resolve("log/segment/00000000000000000000.seg");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[500] ^= 1;
    Files.write(segment, bytes);
    fixture.back(data, file);

    assertRefused(AuditErrorCode.LOG_CORRUPT, () -> fixture.restore(file, restored));
    assertThat(restored).doesNotExist();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  /** Adds to the last segment what a write that was cut short leaves. */
  private static void append(Path segments, byte[] bytes) throws IOException {
    try (Stream<Path> all = Files.list(segments)) {
      Path last = all.filter(f -> f.toString().endsWith(".seg")).sorted().toList().getLast();
      Files.write(last, bytes, StandardOpenOption.APPEND);
    }
  }
}
