// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.KeyInMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorWorkerTest {

  @TempDir private Path folder;
  private AnchorRig rig;

  @BeforeEach
  void setUp() {
    rig = new AnchorRig(folder);
    rig.log().append(10);
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  private List<AnchorEntry> entries() {
    List<AnchorEntry> acts = new ArrayList<>();
    for (LoggedEntry entry : rig.log().log().read(0, 10_000)) {
      AnchorEntry.of(entry)
          .ifPresent(
              act -> {
                assertThat(entry.kind()).isEqualTo(EntryKind.CONTROL);
                assertThat(entry.kind().detectable()).isFalse();
                acts.add(act);
              });
    }
    return acts;
  }

  private static ErrorCode error(AnchorWorker worker, String target) {
    return worker.health().targets().stream()
        .filter(each -> each.name().equals(target))
        .findFirst()
        .orElseThrow()
        .lastError();
  }

  @Test
  void storesATokenAndTheCosignaturesOfOneCheckpoint() {
    AnchorWorker worker = rig.worker(rig.settings());

    Duration pause = worker.step();

    assertThat(pause).isEqualTo(Duration.ofHours(1));
    assertThat(worker.health().isWell()).isTrue();
    assertThat(worker.health().size()).isEqualTo(10);
    String name = rig.store().names().getFirst();
    assertThat(rig.store().files(name)).hasSize(3);
    assertThat(rig.store().cosignedSize(rig.police().key())).isEqualTo(10);
  }

  @Test
  void makesOneEntryInAnIntervalThoughEachEntryMakesACheckpoint() {
    AnchorWorker worker = rig.worker(rig.settings());
    for (int i = 0; i < 20; i++) {
      worker.step();
    }
    rig.clock().advance(Duration.ofMinutes(59));
    worker.step();

    assertThat(entries()).hasSize(1);
    assertThat(rig.log().log().size()).isEqualTo(11);

    rig.clock().advance(Duration.ofMinutes(1));
    worker.step();

    assertThat(entries()).hasSize(2);
    assertThat(entries().getLast().previous()).isEqualTo(10);
    assertThat(entries().getLast().size()).isEqualTo(11);
  }

  @Test
  void recordsTheHashOfEachFileAndTheSizeOfTheCheckpoint() {
    rig.worker(rig.settings()).step();

    AnchorEntry act = entries().getFirst();

    assertThat(act.size()).isEqualTo(10);
    assertThat(act.files().keySet())
        .containsExactlyInAnyOrderElementsOf(rig.store().files(act.name()));
    assertThat(act.failures()).isEmpty();
  }

  @Test
  void goesOnWithoutAWitnessThatIsOfflineAndAsksItAgain() {
    rig.police().down();
    AnchorWorker worker = rig.worker(rig.settings());

    Duration pause = worker.step();

    assertThat(pause).isEqualTo(Duration.ofSeconds(30));
    assertThat(error(worker, "witness police")).isEqualTo(AuditErrorCode.ANCHOR_UNAVAILABLE);
    assertThat(error(worker, "witness health")).isNull();
    assertThat(worker.health().isWell()).isFalse();
    assertThat(worker.health().failures()).isEqualTo(1);
    assertThat(entries().getFirst().failures()).containsEntry("witness police", "AUD-0062");

    rig.clock().advance(Duration.ofSeconds(30));
    assertThat(worker.step()).isEqualTo(Duration.ofSeconds(60));
    assertThat(entries()).hasSize(1);

    rig.police().up();
    rig.clock().advance(Duration.ofSeconds(60));
    worker.step();

    assertThat(worker.health().isWell()).isTrue();
    assertThat(rig.tsa().requests()).isEqualTo(1);
    assertThat(entries()).hasSize(2);
    assertThat(entries().getLast().files()).hasSize(1);
  }

  // The witness was asked by file meanwhile: that is no sign of a rollback.
  @Test
  void leavesAWitnessAloneThatHasCosignedMoreSince() {
    rig.police().down();
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();
    rig.log().log().signCheckpoint();
    AnchorExchange exchange = new AnchorExchange(rig.log().dataDir(), rig.policy());
    exchange.take(
        AnchorExchange.answer(
            rig.police().witness(), exchange.request("police", OptionalLong.empty())));

    rig.clock().advance(Duration.ofSeconds(30));
    worker.step();

    assertThat(worker.health().contradicted()).isFalse();
    assertThat(error(worker, "witness police")).isNull();
  }

  @Test
  void anchorsNoLaterThoughItsClockIsSetBack() {
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();
    rig.clock().advance(Duration.ofDays(-1));

    assertThat(worker.step()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void keepsTheRequestOfATokenWhenItHasToAskAgain() {
    rig.tsa().answerWith(503);
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();
    String name = rig.store().names().getFirst();
    byte[] query = rig.store().read(name, "tsa-city.tsq").orElseThrow();

    rig.tsa().answerWith(200);
    rig.clock().advance(Duration.ofSeconds(30));
    worker.step();

    assertThat(worker.health().isWell()).isTrue();
    assertThat(rig.store().read(name, "tsa-city.tsq")).contains(query);
  }

  @Test
  void storesNoTokenThatIsNotAboutTheCheckpoint() {
    rig.tsa().changeQueries(query -> Forgery.queryAbout("something else", query));
    AnchorWorker worker = rig.worker(rig.settings());

    worker.step();

    assertThat(error(worker, "tsa city")).isEqualTo(AuditErrorCode.TOKEN_REFUSED);
    assertThat(rig.store().has(rig.store().names().getFirst(), "tsa-city.tsr")).isFalse();
  }

  @Test
  void storesNoTokenByAnAuthorityOfOtherRoots() {
    new TestPki(TestPki.Algorithm.P256, AnchoredLog.START)
        .writeRoot(rig.folder().resolve("root.pem"));
    AnchorWorker worker = rig.worker(rig.settings());

    worker.step();

    assertThat(error(worker, "tsa city")).isEqualTo(AuditErrorCode.TOKEN_REFUSED);
  }

  @Test
  void storesNoReplayedToken() {
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();
    byte[] old = rig.store().read(rig.store().names().getFirst(), "tsa-city.tsr").orElseThrow();
    rig.tsa().changeResponses(fresh -> old);

    rig.clock().advance(Duration.ofHours(1));
    worker.step();

    assertThat(error(worker, "tsa city")).isEqualTo(AuditErrorCode.TOKEN_REFUSED);
  }

  @Test
  void readsNoAnswerWithoutEnd() {
    rig.tsa().changeResponses(fresh -> new byte[1 << 20]);
    AnchorWorker worker = rig.worker(rig.settings());

    worker.step();

    assertThat(error(worker, "tsa city")).isEqualTo(AuditErrorCode.ANCHOR_UNAVAILABLE);
  }

  @Test
  void learnsTheSizeThatAWitnessKnowsFromTheConflict() {
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();
    String name = rig.store().names().getFirst();
    AnchoredLog.remove(rig.log().dataDir().resolve("anchors"));

    rig.clock().advance(Duration.ofHours(1));
    rig.worker(rig.settings()).step();

    assertThat(rig.store().names()).doesNotContain(name);
    assertThat(rig.store().cosignedSize(rig.police().key())).isEqualTo(11);
  }

  @Test
  void noticesThatAWitnessWasRolledBack() {
    byte[] memory = rig.police().memory();
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();

    rig.police().rollBackTo(memory);
    rig.hour();

    assertThat(error(worker, "witness police")).isEqualTo(AuditErrorCode.WITNESS_ROLLED_BACK);
    assertThat(error(worker, "witness health")).isNull();
    assertThat(rig.store().cosignedSize(rig.police().key())).isEqualTo(10);
  }

  @Test
  void noticesThatTheKeyOfAWitnessWasExchanged() {
    AnchorPolicy policy =
        rig.policy(
            rig.police().key().toString(),
            new Cosigner("police.example/w", new KeyInMemory()).witnessKey().toString());
    AnchorWorker worker = rig.worker(AnchorSettings.of(policy, null));

    worker.step();

    assertThat(error(worker, "witness police")).isEqualTo(AuditErrorCode.COSIGNATURE_INVALID);
  }

  /** Puts the data folder back to a time that the witnesses know better. */
  private AnchorWorker afterRollback(int appended) {
    Path before = rig.log().snapshot(folder.resolve("before"));
    rig.worker(rig.settings()).step();
    rig.hour();
    AnchoredLog.remove(rig.log().dataDir().resolve("anchors"));
    rig.log().rollBackTo(before);
    if (appended > 0) {
      rig.log().append("other", appended);
    }
    rig.clock().advance(Duration.ofHours(1));
    AnchorWorker worker = rig.worker(rig.settings());
    worker.step();
    return worker;
  }

  @Test
  void noticesByItsWitnessesThatTheWholeDataFolderWasRolledBack() {
    AnchorWorker worker = afterRollback(0);

    assertThat(error(worker, "witness police")).isEqualTo(AuditErrorCode.ANCHOR_CONTRADICTED);
    assertThat(error(worker, "witness health")).isEqualTo(AuditErrorCode.ANCHOR_CONTRADICTED);
    assertThat(worker.health().contradicted()).isTrue();
  }

  @Test
  void noticesByItsWitnessesThatTheLogWasForked() {
    AnchorWorker worker = afterRollback(50);

    assertThat(error(worker, "witness police")).isEqualTo(AuditErrorCode.ANCHOR_CONTRADICTED);
    assertThat(worker.health().contradicted()).isTrue();
  }

  @Test
  void asksNobodyAboutALogThatDoesNotContinueItsOwnAnchors() {
    Path before = rig.log().snapshot(folder.resolve("before"));
    rig.log().append(5);
    rig.worker(rig.settings()).step();
    rig.log().rollBackTo(before);
    int asked = rig.tsa().requests();

    rig.clock().advance(Duration.ofHours(1));
    AnchorWorker next = rig.worker(rig.settings());
    next.step();

    assertThat(error(next, "log")).isEqualTo(AuditErrorCode.ANCHOR_CONTRADICTED);
    assertThat(rig.tsa().requests()).isEqualTo(asked);
    assertThat(entries().getLast().failures()).containsEntry("log", "AUD-0061");
  }

  @Test
  void keepsTheIntervalOverARestart() {
    rig.worker(rig.settings()).step();
    rig.clock().advance(Duration.ofMinutes(10));

    AnchorWorker next = rig.worker(rig.settings());

    assertThat(next.step()).isEqualTo(Duration.ofMinutes(50));
    assertThat(entries()).hasSize(1);
    rig.clock().advance(Duration.ofMinutes(50));
    next.step();
    assertThat(entries().getLast().previous()).isEqualTo(10);
  }

  @Test
  void recordsWhatACrashLeftUntold() {
    rig.worker(rig.settings()).step();
    String name = rig.store().names().getFirst();
    TreeMap<String, Long> recorded = rig.store().recorded(name);
    recorded.remove("tsa-city.tsr");
    rig.store().setRecorded(name, recorded);

    rig.clock().advance(Duration.ofHours(1));
    rig.worker(rig.settings()).step();

    assertThat(entries()).hasSize(3);
    assertThat(entries().get(1).name()).isEqualTo(name);
    assertThat(entries().get(1).files()).containsOnlyKeys("tsa-city.tsr");
  }

  @Test
  void worksOnAThreadOfItsOwnWhileTheLogGrows() {
    try (AnchorWorker worker =
        AnchorWorker.start(
            rig.log().log(),
            rig.log().dataDir(),
            rig.settings(),
            rig.clock(),
            new SecureRandom())) {
      await().until(() -> entries().size() == 1);
      rig.log().append(3);

      worker.anchorNow();

      await().until(() -> entries().size() == 2);
      assertThat(worker.health().isWell()).isTrue();
    }
  }

  @Test
  void closesAtOnceThoughSomebodyDoesNotAnswer() {
    CountDownLatch never = new CountDownLatch(1);
    rig.tsa()
        .changeResponses(
            fresh -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return fresh;
            });
    AnchorSettings patient = rig.settings().withLimits(Duration.ofHours(1), Duration.ofHours(1));
    AnchorWorker worker =
        AnchorWorker.start(
            rig.log().log(), rig.log().dataDir(), patient, rig.clock(), new SecureRandom());
    await().until(() -> rig.tsa().requests() == 1);

    Thread closing = Thread.ofPlatform().start(worker::close);

    await().until(() -> !closing.isAlive());
    never.countDown();
    rig.log().append(1);
    assertThat(rig.log().log().signCheckpoint().size()).isEqualTo(11);
  }
}
