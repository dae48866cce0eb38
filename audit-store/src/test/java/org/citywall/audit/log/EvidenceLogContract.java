// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every evidence log promises. */
abstract class EvidenceLogContract {

  private EvidenceLog log;

  abstract EvidenceLog open();

  abstract VerifierKey key();

  @BeforeEach
  final void openLog() {
    log = open();
  }

  @AfterEach
  final void closeLog() {
    log.close();
  }

  @Test
  void answersWithLeavesInOrder() {
    assertThat(log.append(TestEvents.range("a", 1, 3))).containsExactly(0, 1, 2);
    assertThat(log.append(TestEvents.range("a", 4, 5))).containsExactly(3, 4);
    assertThat(log.size()).isEqualTo(5);
  }

  @Test
  void readsBackWhatWasAppended() {
    Entry entry = new Entry(EntryKind.DECISION, TestEvents.at("proxy", 7, 1).event());

    log.append(List.of(entry));

    assertThat(log.read(0)).isEqualTo(new LoggedEntry(0, EntryKind.DECISION, entry.event()));
    assertThat(log.read(0, 10)).containsExactly(log.read(0));
  }

  @Test
  void readsBatchesFromAnyLeaf() {
    log.append(TestEvents.range("a", 1, 50));

    assertThat(log.read(10, 5))
        .extracting(LoggedEntry::leaf)
        .containsExactly(10L, 11L, 12L, 13L, 14L);
    assertThat(log.read(48, 100)).hasSize(2);
    assertThat(log.read(50, 100)).isEmpty();
    assertThat(log.read(99, 100)).isEmpty();
  }

  @Test
  void acceptsAnEmptyBatch() {
    assertThat(log.append(List.of())).isEmpty();
    assertThat(log.size()).isZero();
  }

  @Test
  void refusesLeavesThatAreNotThere() {
    log.append(TestEvents.range("a", 1, 1));

    assertRefused(AuditErrorCode.LEAF_OUT_OF_RANGE, () -> log.read(1));
    assertRefused(AuditErrorCode.LEAF_OUT_OF_RANGE, () -> log.read(-1));
    assertRefused(AuditErrorCode.LEAF_OUT_OF_RANGE, () -> log.read(-1, 1));
  }

  @Test
  void recordsAPositionOnce() {
    log.append(TestEvents.range("a", 1, 3));

    long[] again = log.append(TestEvents.range("a", 2, 4));

    assertThat(again[0]).isIn(1L, EvidenceLog.RECORDED_BEFORE);
    assertThat(again[1]).isIn(2L, EvidenceLog.RECORDED_BEFORE);
    assertThat(again[2]).isEqualTo(3);
    assertThat(log.size()).isEqualTo(4);
  }

  @Test
  void recordsAPositionOnceWithinOneBatch() {
    Entry entry = TestEvents.at("a", 1, 1);

    assertThat(log.append(List.of(entry, entry))).containsExactly(0, 0);
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void tellsEpochsAndSourcesApart() {
    log.append(List.of(TestEvents.at("a", 1, 5), TestEvents.at("a", 2, 1)));

    assertThat(log.append(List.of(TestEvents.at("a", 1, 6), TestEvents.at("b", 1, 5))))
        .containsExactly(2, 3);
  }

  @Test
  void recordsAClientIdOnceWhateverItsPosition() {
    log.append(List.of(TestEvents.ofClient("http", 1, "x"), TestEvents.ofClient("http", 2, "y")));

    long[] again =
        log.append(
            List.of(TestEvents.ofClient("http", 9, "x"), TestEvents.ofClient("http", 3, "z")));

    assertThat(again).containsExactly(0, 2);
    assertThat(log.size()).isEqualTo(3);
  }

  @Test
  void recordsAClientIdOnceWithinOneBatch() {
    assertThat(
            log.append(
                List.of(TestEvents.ofClient("http", 1, "x"), TestEvents.ofClient("http", 2, "x"))))
        .containsExactly(0, 0);
  }

  @Test
  void acceptsALowerSequenceUnderAClientId() {
    log.append(List.of(TestEvents.at("http", 1, 9)));

    assertThat(log.append(List.of(TestEvents.ofClient("http", 3, "x")))).containsExactly(1);
  }

  @Test
  void provesEveryEntryAgainstASignedCheckpoint() {
    List<Entry> entries = TestEvents.range("a", 1, 300);
    log.append(entries);

    Checkpoint checkpoint = log.signCheckpoint();

    assertThat(checkpoint.size()).isEqualTo(300);
    for (int leaf = 0; leaf < 300; leaf++) {
      EntryProof proof = log.prove(leaf);
      assertThat(EntryProofs.verify(proof, key())).isEqualTo(entries.get(leaf).event());
    }
  }

  @Test
  void knowsItsLastCheckpoint() {
    log.append(TestEvents.range("a", 1, 3));

    Checkpoint signed = log.signCheckpoint();

    assertThat(log.checkpoint().map(Checkpoint::size)).contains(3L);
    assertThat(Checkpoint.verified(signed.note(), key())).isEqualTo(signed);
  }

  @Test
  void refusesProofsOfWhatIsNotThere() {
    log.append(TestEvents.range("a", 1, 3));
    log.signCheckpoint();

    assertRefused(AuditErrorCode.LEAF_OUT_OF_RANGE, () -> log.prove(3));
  }

  @Test
  void wakesWhoWaitsForMore() throws Exception {
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return log.awaitBeyond(0, Duration.ofSeconds(20));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });

    log.append(TestEvents.range("a", 1, 1));

    assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(log.awaitBeyond(0, Duration.ZERO)).isTrue();
    assertThat(log.awaitBeyond(1, Duration.ofMillis(5))).isFalse();
  }

  @Test
  void refusesToAppendWhenClosed() {
    log.close();

    assertRefused(AuditErrorCode.LOG_CLOSED, () -> log.append(TestEvents.range("a", 1, 1)));
  }

  static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
