// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of anchors while a log goes on. */
class AnchorsOverTimeTest {

  @TempDir private Path folder;
  private AnchorRig rig;

  /** Two acts, an hour apart. */
  @BeforeEach
  void anchor() {
    rig = new AnchorRig(folder);
    rig.log().append(300);
    rig.hour();
    rig.hour();
  }

  @AfterEach
  void tearDown() {
    rig.close();
  }

  private AnchorVerifier verifier(AnchorPolicy policy) {
    rig.log().log().signCheckpoint();
    return new AnchorVerifier(rig.log().dataDir(), policy, rig.clock().instant());
  }

  private AnchorReport verify(AnchorPolicy policy) {
    return verifier(policy).verify(Progress.SILENT);
  }

  private AnchorReport verify() {
    return verify(rig.policy());
  }

  private static void assertFound(AnchorReport report, Verdict verdict, String explanation) {
    assertThat(report.findings())
        .extracting(Finding::explanation)
        .anyMatch(text -> text.contains(explanation));
    assertThat(report.verdict()).isEqualTo(verdict);
  }

  @Test
  void missesTheFirstAnchorsThoughANewChainWasBegun() {
    AnchoredLog.remove(rig.log().dataDir().resolve("anchors"));
    rig.worker(rig.settings());
    rig.hour();

    assertThat(verify().findings())
        .filteredOn(finding -> finding.explanation().contains("it is gone"))
        .hasSize(6);
  }

  @Test
  void findsThatTheLogWasRolledBack() {
    Path before = rig.log().snapshot(folder.resolve("before"));
    rig.hour();
    rig.log().rollBackTo(before);

    AnchorReport report = verify();

    assertFound(report, Verdict.INCOMPLETE, "were there and are not now");
    assertThat(report.findings())
        .filteredOn(finding -> finding.explanation().contains("were there"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.leaf()).isEqualTo(322));
  }

  @Test
  void findsThatTheLogWasForked() {
    Path before = rig.log().snapshot(folder.resolve("before"));
    rig.hour();
    rig.log().rollBackTo(before);
    rig.log().append("other", 50);

    assertFound(verify(), Verdict.TAMPERED, "the log signed another tree of size 332");
  }

  @Test
  void agreesWithACheckpointThatWasKeptElsewhere() throws IOException {
    Path elsewhere = folder.resolve("kept");
    Files.copy(rig.log().dataDir().resolve("log/tlog/checkpoint"), elsewhere);
    rig.hour();

    assertThat(verifier(rig.policy()).with(elsewhere).verify(Progress.SILENT).findings()).isEmpty();

    Files.writeString(elsewhere, "nothing");
    assertThat(verifier(rig.policy()).with(elsewhere).verify(Progress.SILENT).verdict())
        .isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void isNotMisledByALogThatGrowsWhileItIsVerified() {
    AnchorVerifier begun = verifier(rig.policy());
    rig.hour();

    assertThat(begun.verify(Progress.SILENT).findings())
        .noneMatch(Finding.Missing.class::isInstance)
        .noneMatch(Finding.Altered.class::isInstance);
  }

  @Test
  void wantsTheWholeQuorum() {
    rig.police().down();
    rig.hour();
    rig.hour();
    rig.hour();

    AnchorReport report = verify();

    assertFound(report, Verdict.INCOMPLETE, "the newest checkpoint with the quorum is of");
    assertThat(verify(rig.policy("both all", "both any")).verdict()).isEqualTo(Verdict.INTACT);
  }

  @Test
  void wantsTokensAtAnyTime() {
    rig.tsa().answerWith(503);
    rig.hour();
    rig.hour();
    rig.hour();
    rig.tsa().answerWith(200);
    rig.hour();
    Instant now = rig.clock().instant();

    assertFound(verify(), Verdict.INCOMPLETE, "before " + now + " there are 0 tokens within PT2H");
    assertThat(verify(rig.policy("newest 2h", "since " + now.minus(Duration.ofHours(1)))).verdict())
        .isEqualTo(Verdict.INTACT);
  }

  @Test
  void holdsAcrossAChangeOfTheLogsKey() {
    VerifierKey next = rig.log().changeKey();
    rig.hour();
    rig.hour();

    List<String> lines = new ArrayList<>(List.of("log " + next));
    lines.addAll(rig.strict());
    AnchorReport report = verify(rig.policy(lines));

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.key()).isEqualTo(next.toString());
    assertThat(report.anchors())
        .filteredOn(anchor -> anchor.kind() == AnchorReport.Kind.COSIGNATURE)
        .hasSizeGreaterThan(4);
  }

  @Test
  void doesNotTakeAnotherKeyFromTheLogsOwnClaim() {
    rig.log().changeKey();
    rig.hour();

    assertFound(verify(), Verdict.TAMPERED, "the policy does not name the log's key");
  }

  @Test
  void readsActsWithoutTheKeysOfPayloads() throws IOException {
    Path ring = rig.log().dataDir().resolve("log/keys/ring");
    AnchorReport before = verify();
    Files.delete(ring);

    AnchorReport after =
        new AnchorVerifier(rig.log().dataDir(), rig.policy(), rig.clock().instant())
            .verify(Progress.SILENT);

    assertThat(before.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(after.anchors()).isEqualTo(before.anchors());
    assertThat(after.verdict()).isEqualTo(Verdict.INTACT);
  }

  @Test
  void missesWhatASealedEntryToldOfAnAnchor() {
    AnchorEntry act = new AnchorEntry("x", 1, -1, Map.of(), Map.of());
    SourcePosition position = new SourcePosition(AnchorEntry.SOURCE, Long.MAX_VALUE, 1);
    rig.log().log().append(List.of(act.toEntry(position, rig.clock().instant())));

    assertFound(verify(), Verdict.INCOMPLETE, "what it told of an anchor cannot be read");
  }
}
