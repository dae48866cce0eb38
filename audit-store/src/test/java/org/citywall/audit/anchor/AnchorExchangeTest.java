// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citywall.audit.anchor.Refusals.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.testing.KeyInMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorExchangeTest {

  @TempDir private Path folder;
  private AnchorRig rig;
  private AnchorExchange exchange;

  @BeforeEach
  void setUp() {
    rig = new AnchorRig(folder);
    rig.log().append(5);
    rig.log().log().signCheckpoint();
    exchange = new AnchorExchange(rig.log().dataDir(), rig.policy());
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  private String request() {
    return exchange.request("police", OptionalLong.empty());
  }

  private String answer(String request) {
    return AnchorExchange.answer(rig.police().witness(), request);
  }

  @Test
  void bringsACosignatureHomeByFile() {
    AnchorExchange.Taken taken = exchange.take(answer(request()));

    assertThat(taken).isEqualTo(new AnchorExchange.Taken(5, List.of("police")));
    assertThat(rig.store().cosignedSize(rig.police().key())).isEqualTo(5);
    rig.log().append(300);
    rig.log().log().signCheckpoint();
    assertThat(request()).startsWith("old 5\n");
    assertThat(exchange.take(answer(request())).size()).isEqualTo(305);
  }

  @Test
  void takesTheSameAnswerTwice() {
    String answer = answer(request());
    exchange.take(answer);

    assertThat(exchange.take(answer).size()).isEqualTo(5);
    assertThat(rig.store().names()).hasSize(1);
  }

  @Test
  void hasItToldToTheLogByTheNextAct() {
    exchange.take(answer(request()));
    rig.clock().advance(Duration.ofHours(2));
    rig.worker(rig.settings()).step();

    assertThat(rig.log().log().read(0, 100))
        .flatMap(entry -> AnchorEntry.of(entry).stream().toList())
        .extracting(AnchorEntry::size)
        .containsExactly(5L, 5L);
  }

  @Test
  void countsForTheQuorum() {
    exchange.take(answer(request()));
    exchange.take(
        AnchorExchange.answer(
            rig.health().witness(), exchange.request("health", OptionalLong.empty())));

    AnchorReport report =
        new AnchorVerifier(rig.log().dataDir(), rig.policy(), rig.clock().instant())
            .verify(Progress.SILENT);

    assertThat(report.quorum()).isEqualTo(new AnchorReport.Reached(5, rig.clock().instant()));
  }

  @Test
  void tellsFromWhichSizeToAsk() {
    answer(request());
    rig.log().append(3);
    rig.log().log().signCheckpoint();

    assertThatThrownBy(() -> answer(request()))
        .hasMessageContaining("AUD-0074")
        .hasMessageContaining("from 5");
    assertThat(answer(exchange.request("police", OptionalLong.of(5)))).contains("police.example/w");
  }

  @Test
  void refusesAnAnswerToAnotherLog() {
    NoteSigner stranger = new NoteSigner(rig.log().key().name(), new KeyInMemory());
    Checkpoint foreign = stranger.checkpoint(5, Hash.sha256(new byte[1]), rig.clock().instant());

    assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> exchange.take(foreign.note()));
    assertRefused(AuditErrorCode.NOTE_MALFORMED, () -> exchange.take("nothing"));
  }

  @Test
  void refusesAnAnswerThatNobodySigned() {
    String request = request();
    String note = request.substring(request.indexOf("\n\n") + 2);

    assertRefused(AuditErrorCode.ANCHOR_ANSWER_FOREIGN, () -> exchange.take(note));
  }

  @Test
  void refusesACosignatureOfAnotherCheckpoint() {
    String first = answer(request());
    SignedNote.Line cosignature = SignedNote.parse(first).signatures().getLast();
    rig.log().append(1);
    SignedNote next = SignedNote.parse(rig.log().log().signCheckpoint().note());
    String mixed =
        new SignedNote(next.text(), List.of(next.signatures().getFirst(), cosignature)).toString();

    assertRefused(AuditErrorCode.COSIGNATURE_INVALID, () -> exchange.take(mixed));
  }

  @Test
  void refusesAnAnswerAboutATreeThatTheLogDoesNotContinue() {
    Checkpoint fork =
        rig.log().signer().checkpoint(5, Hash.sha256(new byte[1]), rig.clock().instant());
    String answer =
        AnchorExchange.answer(
            rig.police().witness(), new WitnessRequest(0, List.of(), fork).toString());

    assertRefused(AuditErrorCode.ANCHOR_CONTRADICTED, () -> exchange.take(answer));
    assertRefused(AuditErrorCode.ANCHOR_CONTRADICTED, () -> answer(withOld(5)));
  }

  private String withOld(long old) {
    return exchange.request("police", OptionalLong.of(old));
  }

  @Test
  void asksNothingFromATreeThatIsLargerThanTheLog() {
    assertRefused(AuditErrorCode.ANCHOR_CONTRADICTED, () -> withOld(6));
  }

  @Test
  void knowsTheWitnessesAndTheLogOfThePolicyOnly() {
    assertRefused(
        AuditErrorCode.ANCHOR_POLICY_INVALID, () -> exchange.request("fire", OptionalLong.empty()));
    AnchorPolicy other =
        rig.policy(
            rig.log().key().toString(),
            new NoteSigner("other.example/a", new KeyInMemory()).verifierKey().toString());
    assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED, () -> new AnchorExchange(rig.log().dataDir(), other));
  }
}
