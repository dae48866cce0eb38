// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.citywall.audit.backup.BackupFixture.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.PayloadCipher;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups of a log with two trees and sealed payloads. */
class SealedBackupTest {

  private static final PolicySet LEAST =
      new PolicySet(new RetentionPolicy(180, Map.of(), 7), "citywall.yaml");
  private static final DestructionProposed PROPOSAL =
      new DestructionProposed(new Payloads("a", YearMonth.of(2026, 3)), "li", "rule 7");

  private final BackupFixture fixture = new BackupFixture();
  @TempDir private Path folder;
  private Path data;
  private Path file;
  private Path restored;

  @BeforeEach
  void nameFolders() {
    data = folder.resolve("data");
    file = folder.resolve("backup.tar");
    restored = folder.resolve("restored");
  }

  private Entry entry(long sequence, String department) {
    Instant now = fixture.clock.instant();
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("s", 1, sequence), now, now)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.GOV_NOTE, "a very private note " + sequence)
            .build());
  }

  private void destroy(Path log) {
    try (KeptLog open = fixture.open(log)) {
      destroy(open);
    }
  }

  /** Gives the leaf behind which the payloads are gone. */
  private static long destroy(KeptLog log) {
    log.record(LEAST);
    return log.destroy(log.record(new Approved(log.record(PROPOSAL), "wang")));
  }

  /** Two departments in March; by now their payloads may be destroyed. */
  private void writeOldEntries() {
    try (KeptLog log = fixture.open(data)) {
      log.append(List.of(entry(1, "a"), entry(2, "b"), entry(3, "a")));
    }
    fixture.clock.advance(Duration.ofDays(250));
  }

  private List<LoggedEntry> entries(Path log) {
    try (LogReader reader = fixture.read(log)) {
      return reader.read(0, 100);
    }
  }

  @ParameterizedTest
  @EnumSource(PayloadCipher.class)
  void carryBothTreesAndPayloadsThatOnlyTheKeyOpens(PayloadCipher cipher) throws IOException {
    try (KeptLog log = fixture.open(data, BackupFixture.QUIET.withCipher(cipher))) {
      log.append(List.of(entry(1, "a"), entry(2, "b")));
    }
    fixture.back(data, file);
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
        .doesNotContain("private note");

    RestoreReport report = fixture.restore(file, restored);

    assertThat(report.verification().verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.verification().payloads()).isEqualTo(2);
    assertThat(report.verification().sm3Root()).isNotNull();
    assertThat(entries(restored)).isEqualTo(entries(data));
    for (TreeHash tree : TreeHash.values()) {
      Path before = PublishedTree.ofData(data, tree).folder();
      Path after = PublishedTree.ofData(restored, tree).folder();
      assertThat(after.resolve("checkpoint")).hasSameBinaryContentAs(before.resolve("checkpoint"));
      assertThat(after.resolve("tile/0/000.p/2"))
          .hasSameBinaryContentAs(before.resolve("tile/0/000.p/2"));
    }
  }

  @Test
  void areVerifiedButForPayloadsWhereNoKeyIsAtHand() {
    fixture.grow(data, "a", 20);
    fixture.back(data, file);

    VerificationReport report =
        fixture.restore(file, restored, RestoreOptions.STRICT).verification();

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.closedPayloads()).isEqualTo(20);
  }

  @Test
  void tellOfTheirRestoreToReadersWithoutKeys() {
    fixture.grow(data, "a", 20);
    fixture.back(data, file);
    fixture.restore(file, restored);
    fixture.grow(restored, "b", 1);

    try (LogReader reader = EvidenceLogs.openUnsealed(restored)) {
      assertThat(reader.read(0, 22)).filteredOn(RestoreEntry::is).hasSize(1);
    }
  }

  @Test
  void areTakenOfALogOfOneTreeThatGetsItsSecondTreeLater() {
    LogKeys all = fixture.keys;
    fixture.keys = LogKeys.of(fixture.signer);
    fixture.grow(data, "a", 300);
    fixture.back(data, file);
    fixture.keys = all;

    fixture.restore(file, restored);
    fixture.grow(restored, "b", 5);

    VerificationReport report = fixture.verify(restored);
    assertThat(report.findings()).isEmpty();
    assertThat(report.sm3Root()).isNotNull();
  }

  @Test
  void keepWhatWasDestroyedDestroyed() {
    writeOldEntries();
    destroy(data);
    fixture.back(data, file);

    RestoreReport report = fixture.restore(file, restored);

    assertThat(report.verification().verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
    assertThat(report.verification().shreddedPayloads()).isEqualTo(2);
    assertThat(entries(restored).subList(0, 3))
        .extracting(LoggedEntry::shredded)
        .containsExactly(true, false, true);
    fixture.grow(restored, "c", 1);
    assertThat(fixture.verify(restored).verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
  }

  @Test
  void bringBackWhatWasDestroyedLaterAndSayThatEntriesAreMissing() {
    writeOldEntries();
    fixture.back(data, file);
    destroy(data);
    RestoreOptions expecting =
        RestoreOptions.STRICT.expecting(
            List.of(PublishedTree.ofData(data, TreeHash.SHA_256).folder()));

    assertRefused(AuditErrorCode.LOG_ROLLED_BACK, () -> fixture.restore(file, restored, expecting));
    fixture.restore(file, restored, expecting.acceptingLoss());
    assertThat(entries(restored)).noneMatch(LoggedEntry::shredded);

    destroy(restored);
    assertThat(entries(restored).subList(0, 3))
        .extracting(LoggedEntry::shredded)
        .containsExactly(true, false, true);
    assertThat(fixture.verify(restored).verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
  }

  @Test
  void waitUntilADestructionIsSigned() {
    writeOldEntries();
    try (KeptLog log = fixture.open(data)) {
      long leaf = destroy(log);
      CompletableFuture<LogSnapshot> taken =
          CompletableFuture.supplyAsync(() -> LogSnapshot.signed(data));
      await().during(Duration.ofMillis(300)).until(() -> !taken.isDone());

      log.signCheckpoint();

      assertThat(taken.join().entries()).isGreaterThan(leaf);
    }
  }

  @Test
  void refuseARingThatLacksAKey() throws IOException {
    fixture.grow(data, "a", 20);
    Path ring = data.resolve("log/keys/ring");
    byte[] bytes = Files.readAllBytes(ring);
    Files.write(ring, Arrays.copyOf(bytes, 16));
    fixture.back(data, file);

    assertRefused(AuditErrorCode.LOG_CORRUPT, () -> fixture.restore(file, restored));
    assertThat(restored).doesNotExist();
  }

  @Test
  void refuseARingOfWhichAKeyWasDestroyedWithoutAnOrder() throws IOException {
    writeOldEntries();
    fixture.back(data, folder.resolve("before.tar"));
    destroy(data);
    byte[] ring = Files.readAllBytes(data.resolve("log/keys/ring"));
    fixture.restore(folder.resolve("before.tar"), restored);
    fixture.grow(restored, "x", 10);
    Files.write(restored.resolve("log/keys/ring"), ring);
    fixture.back(restored, file);

    assertRefused(AuditErrorCode.LOG_CORRUPT, () -> fixture.restore(file, folder.resolve("again")));
  }
}
