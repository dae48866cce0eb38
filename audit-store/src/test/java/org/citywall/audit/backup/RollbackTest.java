// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.verify.Comparison;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.LogComparison;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is older than what the log signed before it was lost. */
class RollbackTest {

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path file;
  private Path restored;

  /** A copy of what the log published last, as another machine would keep it. */
  private Path kept;

  @BeforeEach
  void loseALogAfterItsBackup() throws IOException {
    Path data = folder.resolve("data");
    file = folder.resolve("backup.tar");
    restored = folder.resolve("restored");
    kept = folder.resolve("kept");
    fixture.grow(data, "a", 300);
    fixture.back(data, file);
    fixture.grow(data, "b", 400);
    copy(data.resolve("log/tlog"), kept);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private RestoreOptions expecting(Path what) {
    return RestoreOptions.STRICT.expecting(List.of(what));
  }

  private Comparison compare(Path what) {
    return LogComparison.of(restored, List.of(), List.of(what)).getFirst();
  }

  @Test
  void isRefusedUnlessTheLossIsAccepted() {
    assertRefused(
        AuditErrorCode.LOG_ROLLED_BACK, () -> fixture.restore(file, restored, expecting(kept)));
    assertThat(restored).doesNotExist();
  }

  @Test
  void isProvedToBeAPrefixByTheTreeThatWasKept() {
    RestoreReport report = fixture.restore(file, restored, expecting(kept).acceptingLoss());

    assertThat(report.comparisons())
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.RolledBack.class,
            found -> {
              assertThat(found.kept()).isEqualTo(300);
              assertThat(found.missing()).isEqualTo(400);
              assertThat(found.span()).isEqualTo(Duration.ofSeconds(60));
              assertThat(found.proved()).isTrue();
              assertThat(found.proof()).isNotEmpty();
              assertThat(found.explanation())
                  .contains("is a prefix of the signed log", "400 entries (60 seconds)");
            });
  }

  @Test
  void isCountedButNotProvedByACheckpointAlone() {
    RestoreReport report =
        fixture.restore(file, restored, expecting(kept.resolve("checkpoint")).acceptingLoss());

    assertThat(report.comparisons())
        .singleElement()
        .isInstanceOfSatisfying(
            Comparison.RolledBack.class,
            found -> {
              assertThat(found.missing()).isEqualTo(400);
              assertThat(found.proved()).isFalse();
            });
  }

  @Test
  void isProvedByARequestToAWitness() throws IOException {
    Path request = folder.resolve("request");
    String proof =
        new PublishedTree(kept, TreeHash.SHA_256)
            .consistency(300, 700).stream()
                .map(hash -> hash.base64() + "\n")
                .collect(Collectors.joining());
    String note = Files.readString(kept.resolve("checkpoint"));
    Files.writeString(request, "old 300\n" + proof + "\n" + note);

    RestoreReport report = fixture.restore(file, restored, expecting(request).acceptingLoss());

    assertThat(((Comparison.RolledBack) report.comparisons().getFirst()).proved()).isTrue();
  }

  @Test
  void isAForkWhereTheProofFails() throws IOException {
    Path request = folder.resolve("request");
    String note = Files.readString(kept.resolve("checkpoint"));
    String wrong = Hash.sha256(new byte[0]).base64() + "\n";
    Files.writeString(request, "old 300\n" + wrong + "\n" + note);

    assertRefused(
        AuditErrorCode.LOG_FORKED,
        () -> fixture.restore(file, restored, expecting(request).acceptingLoss()));
    assertThat(restored).doesNotExist();
  }

  @Test
  void isRecordedWithTheCheckpointThatIsVoidFromThenOn() throws IOException {
    fixture.restore(file, restored, expecting(kept).acceptingLoss());
    fixture.grow(restored, "c", 1);

    try (LogReader log = fixture.read(restored)) {
      Event event = log.read(300).event();
      assertThat(event.labels())
          .containsEntry("restore.missing", "400")
          .containsEntry("restore.missing.proved", "true")
          .containsEntry("restore.compared", "true")
          .containsEntry("restore.void.checkpoint", Files.readString(kept.resolve("checkpoint")));
    }
  }

  @Test
  void isFoundInALogThatWentOnAndIsShorterThanWhatWasSigned() {
    fixture.restore(file, restored);
    fixture.grow(restored, "c", 10);

    assertThat(compare(kept))
        .isInstanceOfSatisfying(
            Comparison.RolledBack.class,
            found -> {
              assertThat(found.restoredAt()).isEqualTo(300);
              assertThat(found.missing()).isEqualTo(400);
              assertThat(found.proved()).isTrue();
            });
  }

  @Test
  void isFoundInALogThatWentOnAndIsLongerThanWhatWasSigned() {
    fixture.restore(file, restored);
    fixture.grow(restored, "c", 1000);

    assertThat(compare(kept.resolve("checkpoint")))
        .isInstanceOfSatisfying(
            Comparison.RolledBack.class,
            found -> {
              assertThat(found.restoredAt()).isEqualTo(300);
              assertThat(found.missing()).isEqualTo(400);
              assertThat(found.span()).isEqualTo(Duration.ofSeconds(60));
            });
  }

  @Test
  void isAForkWhereNoEntryTellsOfARestore() throws IOException {
    fixture.restore(file, restored);
    Files.delete(restored.resolve("log/opening"));
    fixture.grow(restored, "c", 1000);

    assertThat(compare(kept)).isInstanceOf(Comparison.Forked.class);
  }

  @Test
  void isNoneWhereTheLogHoldsWhatWasSigned() {
    RestoreReport report = fixture.restore(file, restored);
    Path before = folder.resolve("before");
    writeNote(before, report.backup().checkpoint());

    assertThat(compare(before))
        .isEqualTo(new Comparison.Continues(report.backup().parsedCheckpoint(), 0));
    fixture.grow(restored, "c", 10);
    assertThat(compare(before))
        .isInstanceOfSatisfying(
            Comparison.Continues.class, found -> assertThat(found.more()).isEqualTo(11));
    assertThat(fixture.verify(restored).findings())
        .noneMatch(finding -> finding instanceof Finding.Altered);
  }

  private static void writeNote(Path file, String note) {
    try {
      Files.writeString(file, note);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
