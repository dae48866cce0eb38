// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DestructionTest {

  private static final Instant MARCH = Instant.parse("2026-03-15T08:00:00Z");
  private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
  private static final Destruction ORDER =
      new Destruction("a", YearMonth.of(2026, 3), List.of("li", "wang"), "rule 7");

  @TempDir private Path dataDir;

  /** Entries of two departments in March and of one in April. */
  @BeforeEach
  void write() {
    try (EvidenceLog log = open(OCTOBER)) {
      log.append(
          List.of(
              entry(1, MARCH, "a"),
              entry(2, MARCH, "b"),
              entry(3, MARCH, "a"),
              entry(4, OCTOBER, "a")));
    }
  }

  private static Entry entry(long sequence, Instant received, String department) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("s", 1, sequence), received, received)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.GOV_NOTE, "note " + sequence)
            .build());
  }

  private EvidenceLog open(Instant now) {
    return EvidenceLogs.open(
        dataDir,
        TestLogs.QUIET,
        TestKeys.ALL,
        Clock.fixed(now, ZoneOffset.UTC),
        new SecureRandom());
  }

  @Test
  void leavesEnvelopesAndNothingElseOfTheGroupAndMonth() {
    try (EvidenceLog log = open(OCTOBER)) {
      log.append(List.of(entry(5, MARCH, "a")));

      long leaf = log.destroyPayloads(ORDER);

      assertThat(leaf).isEqualTo(5);
      assertThat(log.read(leaf).kind()).isEqualTo(EntryKind.RETENTION);
      assertThat(log.read(0, 10))
          .extracting(LoggedEntry::shredded)
          .containsExactly(true, false, true, false, true, false);
      LoggedEntry gone = log.read(2);
      assertThat(gone.event().id()).isEqualTo(entry(3, MARCH, "a").event().id());
      assertThat(gone.event().received()).isEqualTo(MARCH);
      assertThat(gone.event().text(Field.GOV_NOTE)).isNull();
      assertThat(log.read(1).event().text(Field.GOV_NOTE)).isEqualTo("note 2");
    }
    try (LogReader reader = TestLogs.read(dataDir)) {
      assertThat(reader.read(0).shredded()).isTrue();
      EntryProof proof = reader.prove(0, TreeHash.SM3);
      assertThat(proof.hasPayload()).isFalse();
    }
  }

  @Test
  void isCalledLawfulByAVerifierWithAndWithoutKeys() {
    try (EvidenceLog log = open(OCTOBER)) {
      log.destroyPayloads(ORDER);
    }

    for (LogVerifier verifier :
        List.of(TestLogs.verifier(dataDir), new LogVerifier(dataDir, Optional.empty()))) {
      VerificationReport report = verifier.full(Progress.SILENT);

      assertThat(report.verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
      assertThat(report.shreddedPayloads()).isEqualTo(2);
      assertThat(report.findings())
          .filteredOn(Finding.Lawful.class::isInstance)
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.leaf()).isEqualTo(4);
                assertThat(finding.explanation())
                    .contains("2 payloads of group a of 2026-03", "li and wang", "rule 7");
              });
    }
    assertThat(TestLogs.verifier(dataDir).inclusion(0).verdict()).isEqualTo(Verdict.INTACT);
  }

  @Test
  void sealsWhatComesLaterWithAnotherKey() {
    try (EvidenceLog log = open(OCTOBER)) {
      log.append(List.of(entry(5, MARCH, "a")));
      log.destroyPayloads(ORDER);

      log.append(List.of(entry(6, MARCH, "a")));

      assertThat(log.read(4).shredded()).isTrue();
      assertThat(log.read(6).event().text(Field.GOV_NOTE)).isEqualTo("note 6");
    }
  }

  @Test
  void isRefusedWithoutTwoPersonsAReasonOrBeforeItsTime() {
    try (EvidenceLog log = open(OCTOBER)) {
      for (Destruction order :
          List.of(
              new Destruction("a", YearMonth.of(2026, 3), List.of("li"), "rule 7"),
              new Destruction("a", YearMonth.of(2026, 3), List.of("li", "li"), "rule 7"),
              new Destruction("a", YearMonth.of(2026, 3), List.of("li", " "), "rule 7"),
              new Destruction("a", YearMonth.of(2026, 3), List.of("li", "wang"), " "),
              new Destruction("a", YearMonth.of(2026, 3), List.of("li", "wang"), "a\nkey 2"),
              new Destruction("c", YearMonth.of(2026, 3), List.of("li", "wang"), "rule 7"),
              new Destruction("a", YearMonth.of(2026, 10), List.of("li", "wang"), "rule 7"))) {
        EvidenceLogContract.assertRefused(
            AuditErrorCode.DESTRUCTION_REFUSED, () -> log.destroyPayloads(order));
      }
      assertThat(log.size()).isEqualTo(4);
    }
    try (EvidenceLog log = open(OCTOBER.minusSeconds(1))) {
      EvidenceLogContract.assertRefused(
          AuditErrorCode.DESTRUCTION_REFUSED, () -> log.destroyPayloads(ORDER));
    }
  }

  @Test
  void isCalledTamperingWhereNoEntrySaysSo() throws IOException {
    destroyInRing(Set.of(1), 2);

    VerificationReport report = TestLogs.verifier(dataDir).full(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings())
        .anyMatch(finding -> finding.explanation().contains("no entry says so"));
  }

  @Test
  void isCalledTamperingWhereTheEntryIsAboutOtherKeys() throws IOException {
    try (EvidenceLog log = open(OCTOBER)) {
      log.destroyPayloads(ORDER);
    }
    destroyInRing(Set.of(2), 4);

    VerificationReport report = TestLogs.verifier(dataDir).full(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings())
        .anyMatch(finding -> finding.explanation().contains("about other payloads"));
  }

  @Test
  void isCalledTamperingWhereTheEntryWasForgedTooEarly() throws IOException {
    var statement = new DestructionStatement(ORDER, List.of(1));
    try (EvidenceLog log = open(OCTOBER)) {
      log.append(List.of(statement.entry("x", OCTOBER.minusSeconds(1), 4)));
    }
    destroyInRing(Set.of(1), 4);

    VerificationReport report = TestLogs.verifier(dataDir).full(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings()).anyMatch(finding -> finding.explanation().contains("too early"));
  }

  @Test
  void isCalledTamperingWhereTheEntryClaimsALaterTimeThanWasSigned() throws IOException {
    var statement = new DestructionStatement(ORDER, List.of(1));
    try (EvidenceLog log = open(OCTOBER.minusSeconds(1))) {
      log.append(List.of(statement.entry("x", OCTOBER.plusSeconds(9), 4)));
    }
    destroyInRing(Set.of(1), 4);

    assertThat(TestLogs.verifier(dataDir).full(Progress.SILENT).verdict())
        .isEqualTo(Verdict.TAMPERED);
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
