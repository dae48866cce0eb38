// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.retention.HoldScope;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.HoldPlaced;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.retention.RetentionStatement.Withdrawn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestructionTest {

  private static final Instant MARCH = Instant.parse("2026-03-15T08:00:00Z");
  private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
  private static final Payloads OF_MARCH = new Payloads("a", YearMonth.of(2026, 3));
  private static final PolicySet LEAST =
      new PolicySet(new RetentionPolicy(180, Map.of(), 7), "citywall.yaml");
  private static final DestructionProposed PROPOSAL =
      new DestructionProposed(OF_MARCH, "li", "rule 7");
  private static final HoldPlaced HOLD =
      new HoldPlaced(
          List.of(new HoldScope("a", null, YearMonth.of(2026, 4))), "", "zhao", "case 12");

  @TempDir private Path dataDir;

  /** Leaves 0 to 3: entries of two departments in March and of one in October. */
  @BeforeEach
  void write() {
    try (KeptLog log = open(OCTOBER)) {
      log.append(
          List.of(
              entry(1, MARCH, "a"),
              entry(2, MARCH, "b"),
              entry(3, MARCH, "a"),
              entry(4, OCTOBER, "a")));
      // Leaf 4.
      log.record(LEAST);
    }
  }

  private static Entry entry(long sequence, Instant received, String department) {
    return TestLogs.entry(sequence, received, department);
  }

  private KeptLog open(Instant now) {
    return TestLogs.openAt(dataDir, now);
  }

  private static long approved(KeptLog log) {
    return log.record(new Approved(log.record(PROPOSAL), "wang"));
  }

  /** What somebody can do who has the library and the keys, past every rule. */
  private static long force(KeptLog log, RetentionStatement statement, Instant at) {
    return ((FileLog) log)
        .appendOpen(RetentionDesk.entry(statement, "test.example/log", at, log.size()));
  }

  private VerificationReport verified() {
    return TestLogs.verifier(dataDir).full(Progress.SILENT);
  }

  private void assertTampered(String explanation) {
    VerificationReport report = verified();

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings())
        .filteredOn(Finding.Altered.class::isInstance)
        .anyMatch(finding -> finding.explanation().contains(explanation));
  }

  @Test
  void leavesEnvelopesAndNothingElseOfTheGroupAndMonth() {
    try (KeptLog log = open(OCTOBER)) {
      log.append(List.of(entry(5, MARCH, "a")));

      long leaf = log.destroy(approved(log));

      assertThat(leaf).isEqualTo(9);
      assertThat(log.read(leaf).kind()).isEqualTo(EntryKind.RETENTION);
      assertThat(log.read(0, 10))
          .extracting(LoggedEntry::shredded)
          .containsExactly(true, false, true, false, false, true, false, false, false, false);
      LoggedEntry gone = log.read(2);
      assertThat(gone.event().id()).isEqualTo(entry(3, MARCH, "a").event().id());
      assertThat(gone.event().received()).isEqualTo(MARCH);
      assertThat(gone.event().text(Field.GOV_NOTE)).isNull();
      assertThat(log.read(1).event().text(Field.GOV_NOTE)).isEqualTo("note 2");
      List<Long> destroyed = new ArrayList<>();
      log.destroyedBy(8, destroyed::add);
      assertThat(destroyed).containsExactly(0L, 2L, 5L);
    }
    try (LogReader reader = TestLogs.read(dataDir)) {
      assertThat(reader.read(0).shredded()).isTrue();
      EntryProof proof = reader.prove(0, TreeHash.SM3);
      assertThat(proof.hasPayload()).isFalse();
    }
  }

  @Test
  void isCalledLawfulByAVerifierWithAndWithoutKeys() {
    try (KeptLog log = open(OCTOBER)) {
      log.destroy(approved(log));
    }

    for (LogVerifier verifier :
        List.of(TestLogs.verifier(dataDir), new LogVerifier(dataDir, Optional.empty()))) {
      VerificationReport report = verifier.full(Progress.SILENT);

      assertThat(report.verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
      assertThat(report.shreddedPayloads()).isEqualTo(2);
      assertThat(report.findings())
          .filteredOn(Finding.Lawful.class::isInstance)
          .filteredOn(finding -> finding.leaf() == 7)
          .singleElement()
          .extracting(Finding::explanation)
          .asString()
          .contains("2 payloads of group a of 2026-03", "li and wang", "rule 7");
    }
    assertThat(TestLogs.verifier(dataDir).inclusion(0).verdict()).isEqualTo(Verdict.INTACT);
  }

  @Test
  void leavesALogWithHoldsAndProposalsIntact() {
    try (KeptLog log = open(OCTOBER)) {
      long hold = log.record(HOLD);
      log.record(new Approved(log.record(new LiftProposed(hold, "li", "case closed")), "wang"));
    }

    VerificationReport report = verified();

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.findings())
        .extracting(Finding::explanation)
        .containsExactly(
            "a legal hold was placed by zhao: case 12",
            "li proposed to lift the hold of leaf 5: case closed",
            "wang approved the proposal of leaf 6");
  }

  @Test
  void sealsWhatComesLaterWithAnotherKey() {
    try (KeptLog log = open(OCTOBER)) {
      log.append(List.of(entry(5, MARCH, "a")));
      log.destroy(approved(log));

      long leaf = log.append(List.of(entry(6, MARCH, "a")))[0];

      assertThat(log.read(5).shredded()).isTrue();
      assertThat(log.read(leaf).event().text(Field.GOV_NOTE)).isEqualTo("note 6");
    }
  }

  @Test
  void isRefusedWithoutASecondPersonInTime() {
    try (KeptLog log = open(OCTOBER)) {
      long proposal = log.record(PROPOSAL);
      long size = log.size();

      EvidenceLogContract.assertRefused(
          AuditErrorCode.APPROVAL_MISSING, () -> log.record(new Approved(proposal, " LI")));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.APPROVAL_MISSING, () -> log.destroy(proposal));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_UNKNOWN, () -> log.record(new Approved(0, "wang")));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_STATEMENT_INVALID,
          () -> log.record(new DestructionProposed(OF_MARCH, "li", "a\nkey 2")));
      assertThat(log.size()).isEqualTo(size);
    }
    long approval;
    try (KeptLog log = open(OCTOBER.plusSeconds(8 * 86_400))) {
      EvidenceLogContract.assertRefused(
          AuditErrorCode.APPROVAL_MISSING, () -> log.record(new Approved(5, "wang")));
      approval = approved(log);
    }
    try (KeptLog log = open(OCTOBER.plusSeconds(16 * 86_400))) {
      EvidenceLogContract.assertRefused(
          AuditErrorCode.APPROVAL_MISSING, () -> log.destroy(approval));
    }
    assertThat(verified().verdict()).isEqualTo(Verdict.INTACT);
  }

  @Test
  void isNotApprovedOnceTheProposalWasWithdrawn() {
    try (KeptLog log = open(OCTOBER)) {
      long proposal = log.record(PROPOSAL);
      log.record(new Withdrawn(proposal, "wang"));

      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_UNKNOWN, () -> log.record(new Approved(proposal, "wang")));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_UNKNOWN, () -> log.record(new Withdrawn(proposal, "li")));
      long approved = log.record(PROPOSAL);
      log.record(new Approved(approved, "wang"));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_UNKNOWN, () -> log.record(new Withdrawn(approved, "li")));
      assertThat(log.retention().proposals()).hasSize(1);
    }
    assertThat(verified().findings())
        .extracting(Finding::explanation)
        .contains("wang withdrew the proposal of leaf 5");
  }

  @Test
  void isPreparedByTheNumberOfPayloadsOfEachGroupAndMonth() {
    Payloads ofOthers = new Payloads("b", YearMonth.of(2026, 3));
    Payloads recent = new Payloads("a", YearMonth.of(2026, 10));
    try (KeptLog log = open(OCTOBER)) {
      assertThat(log.payloads()).containsExactly(OF_MARCH, ofOthers, recent);
      assertThat(log.countPayloads())
          .containsExactly(Map.entry(OF_MARCH, 2L), Map.entry(ofOthers, 1L), Map.entry(recent, 1L));

      log.append(List.of(entry(5, MARCH, "b")));
      log.destroy(approved(log));

      assertThat(log.payloads()).containsExactly(ofOthers, recent);
      assertThat(log.countPayloads())
          .containsExactly(Map.entry(ofOthers, 2L), Map.entry(recent, 1L));
    }
  }

  @Test
  void isRefusedForALabelThatCannotStandInAStatement() {
    try (KeptLog log = open(OCTOBER)) {
      for (String group : List.of("a\nkey 2", "a\r", "\ud800")) {
        Payloads payloads = new Payloads(group, YearMonth.of(2026, 3));
        EvidenceLogContract.assertRefused(
            AuditErrorCode.RETENTION_STATEMENT_INVALID,
            () -> log.record(new DestructionProposed(payloads, "li", "rule 7")));
      }
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_STATEMENT_INVALID,
          () -> log.record(new HoldPlaced(HOLD.scopes(), "INC-1\rby x", "zhao", "case 12")));
    }
  }

  @Test
  void allowsOneDestructionByAnApproval() {
    try (KeptLog log = open(OCTOBER)) {
      long approval = approved(log);
      log.destroy(approval);
      log.append(List.of(entry(5, MARCH, "a")));

      EvidenceLogContract.assertRefused(
          AuditErrorCode.APPROVAL_MISSING, () -> log.destroy(approval));
      assertThat(log.read(log.size() - 1).shredded()).isFalse();
    }
  }

  @Test
  void isRefusedBelowTheFloorWhateverThePolicySays() {
    try (KeptLog log = open(OCTOBER.minusSeconds(1))) {
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_TOO_SHORT, () -> log.record(PROPOSAL));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_TOO_SHORT,
          () -> log.record(new PolicySet(new RetentionPolicy(179, Map.of(), 7), "x")));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_TOO_SHORT,
          () -> log.record(new PolicySet(new RetentionPolicy(900, Map.of("a", 1), 7), "x")));
    }
  }

  @Test
  void isRefusedUnderAPolicyThatKeepsTheGroupLonger() {
    try (KeptLog log = open(OCTOBER)) {
      long approval = approved(log);
      log.record(new PolicySet(new RetentionPolicy(180, Map.of("a", 400), 7), "x"));

      EvidenceLogContract.assertRefused(
          AuditErrorCode.RETENTION_TOO_SHORT, () -> log.destroy(approval));
    }
  }

  @Test
  void isRefusedUnderAHoldUntilTwoPersonsLiftIt() {
    try (KeptLog log = open(OCTOBER)) {
      long approval = approved(log);
      long hold = log.record(HOLD);

      EvidenceLogContract.assertRefused(AuditErrorCode.PAYLOADS_HELD, () -> log.destroy(approval));
      EvidenceLogContract.assertRefused(AuditErrorCode.PAYLOADS_HELD, () -> log.record(PROPOSAL));
      long lift = log.record(new LiftProposed(hold, "zhao", "case closed"));
      EvidenceLogContract.assertRefused(AuditErrorCode.PAYLOADS_HELD, () -> log.destroy(approval));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.APPROVAL_MISSING, () -> log.record(new Approved(lift, "zhao")));
      log.record(new Approved(lift, "wang"));

      log.destroy(approval);

      assertThat(log.read(0).shredded()).isTrue();
    }
    assertThat(verified().verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
  }

  @Test
  void knowsHoldsAfterARestartWithAndWithoutItsDerivedFile() throws IOException {
    long approval;
    try (KeptLog log = open(OCTOBER)) {
      approval = approved(log);
      log.record(HOLD);
    }
    for (boolean derived : List.of(true, false)) {
      if (!derived) {
        Files.delete(dataDir.resolve("log/retention"));
      }
      try (KeptLog log = open(OCTOBER)) {
        assertThat(log.retention().holds()).hasSize(1);
        EvidenceLogContract.assertRefused(
            AuditErrorCode.PAYLOADS_HELD, () -> log.destroy(approval));
      }
    }
  }

  @Test
  void tellsWhichPayloadsGoTogether() {
    try (KeptLog log = open(OCTOBER)) {
      assertThat(log.payloadsOf(2)).isEqualTo(OF_MARCH);
      EvidenceLogContract.assertRefused(
          AuditErrorCode.DESTRUCTION_REFUSED, () -> log.payloadsOf(4));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.DESTRUCTION_REFUSED, () -> log.payloadsOf(99));
    }
  }

  @Test
  void isFinishedWhereACrashCameBetweenTheEntryAndTheKeys() {
    try (KeptLog log = open(OCTOBER)) {
      force(log, new Destroyed(OF_MARCH, List.of(1), approved(log)), OCTOBER);
      assertThat(log.read(0).shredded()).isFalse();
    }
    assertThat(verified().findings())
        .anyMatch(finding -> finding.explanation().contains("not completed"));

    try (KeptLog log = open(OCTOBER)) {
      assertThat(log.finishDestructions()).isEqualTo(1);
      assertThat(log.read(0).shredded()).isTrue();
      assertThat(log.finishDestructions()).isZero();
    }

    assertThat(verified().verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
  }

  @Test
  void finishesNothingThatWasNeverLawful() {
    try (KeptLog log = open(OCTOBER)) {
      long approval = approved(log);
      force(log, new Destroyed(OF_MARCH, List.of(2), approval), OCTOBER);
      log.finishDestructions();
      assertThat(log.read(1).shredded()).isFalse();

      force(log, new Destroyed(OF_MARCH, List.of(1), 0), OCTOBER);
      log.finishDestructions();
      assertThat(log.read(0).shredded()).isFalse();
    }
  }

  @Test
  void isCalledTamperingWhereNoEntrySaysSo() throws IOException {
    destroyInRing(Set.of(1), 2);

    assertTampered("no entry says so");
  }

  @Test
  void isCalledTamperingWhereTheEntryIsAboutOtherKeys() throws IOException {
    try (KeptLog log = open(OCTOBER)) {
      log.destroy(approved(log));
    }
    destroyInRing(Set.of(2), 7);

    assertTampered("about other payloads");
  }

  @Test
  void isCalledTamperingWhereAnAdministratorDestroysUnderAHold() throws IOException {
    long leaf;
    try (KeptLog log = open(OCTOBER)) {
      long approval = approved(log);
      log.record(HOLD);
      leaf = force(log, new Destroyed(OF_MARCH, List.of(1), approval), OCTOBER);
    }
    assertTampered("under the legal hold of leaf 7");

    destroyInRing(Set.of(1), leaf);

    assertTampered("destroyed unlawfully: group a of 2026-03: under the legal hold of leaf 7");
  }

  @Test
  void isCalledTamperingWhereOnePersonLiftedTheHold() throws IOException {
    long leaf;
    try (KeptLog log = open(OCTOBER)) {
      long approval = approved(log);
      long lift = force(log, new LiftProposed(log.record(HOLD), "zhao", "x"), OCTOBER);
      force(log, new Approved(lift, "Zhao"), OCTOBER);
      leaf = force(log, new Destroyed(OF_MARCH, List.of(1), approval), OCTOBER);
    }
    destroyInRing(Set.of(1), leaf);

    assertTampered("under the legal hold of leaf 7");
    assertThat(verified().findings())
        .anyMatch(finding -> finding.explanation().contains("a second person has to"));
  }

  @Test
  void isCalledTamperingWhereTheEntryWasForgedTooEarly() throws IOException {
    long leaf;
    Instant early = OCTOBER.minusSeconds(1);
    try (KeptLog log = open(OCTOBER)) {
      force(log, PROPOSAL, early);
      long approval = force(log, new Approved(5, "wang"), early);
      leaf = force(log, new Destroyed(OF_MARCH, List.of(1), approval), early);
    }
    destroyInRing(Set.of(1), leaf);

    assertTampered("destroyed unlawfully");
  }

  @Test
  void isCalledTamperingWhereTheEntryClaimsALaterTimeThanWasSigned() throws IOException {
    long leaf;
    Instant later = OCTOBER.plusSeconds(9);
    try (KeptLog log = open(OCTOBER.minusSeconds(1))) {
      long proposal = force(log, PROPOSAL, later);
      long approval = force(log, new Approved(proposal, "wang"), later);
      leaf = force(log, new Destroyed(OF_MARCH, List.of(1), approval), later);
      log.finishDestructions();
      assertThat(log.read(0).shredded()).isFalse();
    }
    destroyInRing(Set.of(1), leaf);

    assertTampered("too early, by the time that the log signed");
  }

  @Test
  void isCalledTamperingWhereApprovalsAreSealed() throws IOException {
    long leaf;
    try (KeptLog log = open(OCTOBER)) {
      Entry proposal = RetentionDesk.entry(PROPOSAL, "x", OCTOBER, 1);
      Entry approval = RetentionDesk.entry(new Approved(5, "wang"), "x", OCTOBER, 2);
      log.append(List.of(proposal, approval));
      leaf = force(log, new Destroyed(OF_MARCH, List.of(1), 6), OCTOBER);
    }
    destroyInRing(Set.of(1), leaf);

    assertTampered("two persons did not approve");
  }

  @Test
  void isCalledTamperingWhereAKeyCameBack() throws IOException {
    Path ring = dataDir.resolve("log/keys/ring");
    byte[] before = Files.readAllBytes(ring);
    try (KeptLog log = open(OCTOBER)) {
      log.destroy(approved(log));
    }
    Files.write(ring, before);

    assertTampered("data key 1 is said to be destroyed and is there");
  }

  @Test
  void leavesTheLogIncompleteWhenTheKeyRingIsGone() throws IOException {
    Files.delete(dataDir.resolve("log/keys/ring"));

    for (LogVerifier verifier :
        List.of(TestLogs.verifier(dataDir), new LogVerifier(dataDir, Optional.empty()))) {
      assertThat(verifier.full(Progress.SILENT).verdict()).isEqualTo(Verdict.INCOMPLETE);
    }
  }

  private void destroyInRing(Set<Integer> numbers, long leaf) throws IOException {
    try (KeyRing ring = KeyRing.open(dataDir.resolve("log/keys/ring"), Disk.REAL)) {
      ring.destroy(numbers, leaf);
    }
  }
}
