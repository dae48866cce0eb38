// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree over SM3 beside the one over SHA-256. */
class TwoTreesTest {

  private static final VerifierKey SM2 = TestKeys.ALL.of(TreeHash.SM3).orElseThrow().verifierKey();

  @TempDir private Path dataDir;

  @Test
  void signsBothTreesAtTheSameSize() {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      for (int i = 0; i < 5; i++) {
        log.append(TestEvents.range("a", 1 + 100 * i, 100 + 100 * i));
        log.signCheckpoint();

        CheckpointPair pair = log.checkpoints().orElseThrow();

        assertThat(pair.size()).isEqualTo(100 + 100 * i);
        assertThat(Checkpoint.verified(sm3(pair).note(), SM2).size()).isEqualTo(pair.size());
        assertThat(sm3(pair).origin()).isEqualTo("test.example/log-sm3");
        assertThat(sm3(pair).signedAt(SM2)).contains(TestEvents.TIME);
      }
    }
  }

  @Test
  void vouchesForTheNoteOverSm3WithTheFirstKey() {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.signCheckpoint();

      SignedNote note = SignedNote.parse(sm3(log.checkpoints().orElseThrow()).note());

      assertThat(note.isSignedBy(TestKeys.SIGNER.verifierKey())).isTrue();
    }
  }

  @Test
  void hasTheRootOfEveryLeafHashedBySm3() {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 1, 777));
      log.signCheckpoint();

      Hash root = sm3(log.checkpoints().orElseThrow()).root();

      assertThat(root).isEqualTo(root(log, 0, 777));
    }
  }

  /** RFC 6962 section 2.1, as it is written there. */
  private static Hash root(LogReader log, long from, long to) {
    if (to - from == 1) {
      return TreeHash.SM3.leafHash(log.prove(from).envelope());
    }
    long middle = from + Merkle.split(to - from);
    return TreeHash.SM3.nodeHash(root(log, from, middle), root(log, middle, to));
  }

  @Test
  void provesEntriesInBothTrees() {
    List<Entry> entries = TestEvents.range("a", 1, 300);
    try (EvidenceLog log = TestLogs.open(dataDir);
        LogReader reader = TestLogs.read(dataDir)) {
      log.append(entries);
      log.signCheckpoint();
      for (LogReader each : List.of(log, reader)) {
        for (int leaf = 0; leaf < 300; leaf += 7) {
          String text = EntryProofs.toText(each.prove(leaf, TreeHash.SM3), TreeHash.SM3);
          EntryProof proof = EntryProofs.parse(text, TreeHash.SM3);

          assertThat(EntryProofs.verify(proof, SM2)).isEqualTo(entries.get(leaf).event());
        }
      }
      EvidenceLogContract.assertRefused(
          AuditErrorCode.LOG_CORRUPT,
          () -> {
            EntryProof proof = log.prove(3, TreeHash.SM3);
            EntryProofs.verify(
                new EntryProof(
                    3,
                    proof.envelope(),
                    proof.salt(),
                    proof.payload(),
                    log.prove(3).path(),
                    proof.checkpoint()),
                SM2);
          });
    }
  }

  @Test
  void continuesBothTreesAfterReopening() {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 1, 300));
    }
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 301, 600));
      log.signCheckpoint();

      assertThat(sm3(log.checkpoints().orElseThrow()).root()).isEqualTo(root(log, 0, 600));
    }
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void rebuildsTheTreeOverSm3WhenItsTilesAreGone() throws IOException {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 1, 600));
    }
    try (Stream<Path> files = Files.walk(dataDir.resolve("log/sm3"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.delete(file);
      }
    }
    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);

    TestLogs.reopen(dataDir);

    assertThat(verify().findings()).isEmpty();
  }

  @Test // #3
  void closesWhereATileWasTakenAwayMeanwhileAndMakesItAgain() throws IOException {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 1, 600));
    }
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 601, 610));
      Files.delete(dataDir.resolve("log/tlog/tile/0/000"));
    }
    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);

    TestLogs.reopen(dataDir);

    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void tellsAReaderThatSeesOnlyOneOfTheTwoNotes() throws IOException {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 1, 3));
    }
    byte[] later = Files.readAllBytes(dataDir.resolve("log/sm3/checkpoint"));
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 4, 5));
    }
    try (LogReader reader = TestLogs.read(dataDir)) {
      assertThat(reader.checkpoints().map(CheckpointPair::size)).contains(5L);

      Files.write(dataDir.resolve("log/sm3/checkpoint"), later);
      EvidenceLogContract.assertRefused(AuditErrorCode.CHECKPOINT_HALF, reader::checkpoints);
      Files.delete(dataDir.resolve("log/sm3/checkpoint"));
      EvidenceLogContract.assertRefused(AuditErrorCode.CHECKPOINT_HALF, reader::checkpoints);

      assertThat(reader.checkpoint().map(Checkpoint::size)).contains(5L);
    }
  }

  @Test
  void refusesToGoOnWithoutTheKeyOfTheSecondTree() {
    TestLogs.open(dataDir).close();

    EvidenceLogContract.assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> open(TestKeys.ONE_TREE));
    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED, () -> open(TestKeys.ONE_TREE.withSm3(new Sm2KeyInMemory())));
  }

  @Test
  void givesALogOfOneTreeItsSecondOne() {
    try (EvidenceLog log = open(TestKeys.ONE_TREE)) {
      log.append(TestEvents.range("a", 1, 400));
    }
    assertThat(LogFormat.of(dataDir).version()).isEqualTo(1);
    try (EvidenceLog log = open(TestKeys.ALL)) {
      assertThat(log.size()).isEqualTo(400);
      log.append(TestEvents.range("a", 400, 500));
      log.signCheckpoint();

      assertThat(sm3(log.checkpoints().orElseThrow()).root()).isEqualTo(root(log, 0, 500));
    }
    assertThat(LogFormat.of(dataDir).version()).isEqualTo(2);
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().entries()).isEqualTo(500);
  }

  @Test
  void signsBothTreesOfAnUpgradedLogAtOnce() {
    try (EvidenceLog log = open(TestKeys.ONE_TREE)) {
      log.append(TestEvents.range("a", 1, 4));
    }

    open(TestKeys.ALL).close();

    try (LogReader reader = TestLogs.read(dataDir)) {
      assertThat(sm3(reader.checkpoints().orElseThrow()).size()).isEqualTo(4);
    }
  }

  @Test
  void reportsBothRootsAndBothKeys() {
    try (EvidenceLog log = TestLogs.open(dataDir)) {
      log.append(TestEvents.range("a", 1, 3));
    }
    VerificationReport report = verify();

    assertThat(report.sm3Key()).isEqualTo(SM2.toString());
    assertThat(report.root()).isNotNull().isNotEqualTo(report.sm3Root());
    assertThat(report.sm3Root()).hasSize(64);
  }

  private EvidenceLog open(LogKeys keys) {
    return EvidenceLogs.open(dataDir, TestLogs.QUIET, keys, Clock.systemUTC(), new SecureRandom());
  }

  private VerificationReport verify() {
    return TestLogs.verifier(dataDir).full(Progress.SILENT);
  }

  private static Checkpoint sm3(CheckpointPair pair) {
    return pair.of(TreeHash.SM3).orElseThrow();
  }
}
