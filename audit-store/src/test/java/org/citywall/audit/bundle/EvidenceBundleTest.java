// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceBundleTest {

  private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");

  @TempDir private Path dataDir;

  @RandomizedTest(iterations = 12)
  void verifiesForAnyLogAndSelectionAndHoldsNothingThatIsWithheld(RandomGenerator random) {
    try (EvidenceRig rig = new EvidenceRig(dataDir.resolve(Long.toHexString(random.nextLong())))) {
      int size = 1 + random.nextInt(600);
      for (int i = 0; i < size; i++) {
        rig.append(random.nextInt(3) == 0 ? "zhang" : "person-" + random.nextInt(50));
      }
      List<Long> leaves = new ArrayList<>();
      int step = 1 + random.nextInt(20);
      for (long leaf = random.nextInt(size); leaf < size; leaf += 1 + random.nextInt(step)) {
        leaves.add(leaf);
      }

      EvidenceBundle made = rig.desk().make(EvidenceRig.about("zhang", leaves));
      byte[] bytes = made.toBytes();
      EvidenceBundle read = EvidenceBundle.parse(bytes);
      BundleReport report = BundleVerifier.verify(read, List.of(rig.key()));

      assertThat(read.toBytes()).isEqualTo(bytes);
      assertThat(report.findings()).isEmpty();
      assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
      assertThat(report.signedAt()).isEqualTo(EvidenceRig.NOW);
      assertThat(read.entries().stream().filter(BundleEntry::selected).map(BundleEntry::leaf))
          .containsExactlyElementsOf(leaves);
      assertThat(report.disclosed())
          .allMatch(entry -> "zhang".equals(entry.event().text(Field.USER_NAME)))
          .containsExactlyElementsOf(
              leaves.stream()
                  .map(rig.log()::read)
                  .filter(entry -> "zhang".equals(entry.event().text(Field.USER_NAME)))
                  .toList());
      for (BundleEntry entry : read.entries()) {
        boolean withheld = entry.state() == BundleEntry.State.WITHHELD;
        assertThat(entry.entry().payload().length + entry.entry().salt().length == 0)
            .isEqualTo(withheld);
      }
    }
  }

  @Test
  void showsWhatASourceSentWithoutSayingWhat() {
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      rig.append("zhang", "li", "li", "zhang", "wang");

      EvidenceBundle bundle = rig.desk().make(EvidenceRig.about("zhang", List.of(0L, 1L, 2L, 4L)));
      BundleReport report = BundleVerifier.verify(bundle, List.of());

      assertThat(report.sources()).containsExactly(new BundleReport.SourceRun("gate", 1, 1, 5, 4));
      assertThat(report.sources().getFirst().absent()).isEqualTo(1);
      assertThat(report.manifest().counts()).isEqualTo(new BundleManifest.Counts(1, 3, 0, 1));
    }
  }

  @Test
  void isToldToTheLogBeforeItLeaves() {
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      rig.append("zhang", "li", "zhang");

      EvidenceBundle bundle = rig.desk().make(EvidenceRig.about("zhang", List.of(0L, 1L, 2L)));

      assertThat(bundle.manifest().record()).isEqualTo(3);
      var record = rig.log().read(3).event();
      assertThat(record.text(Field.USER_NAME)).isEqualTo("li");
      assertThat(record.text(Field.EVENT_REASON)).isEqualTo("case 12");
      assertThat(record.labels())
          .containsEntry("evidence.leaves", "0-2")
          .containsEntry("evidence.disclosed", "2")
          .containsEntry("evidence.withheld", "1")
          .containsEntry("evidence.rules", "subject user.name");
      assertThat(record.toString()).doesNotContain("zhang");
    }
  }

  @Test
  void isAnArchiveThatOthersOpen() throws IOException {
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      rig.append("zhang");
      Path file = dataDir.resolve("bundle.zip");
      Files.write(file, rig.desk().make(EvidenceRig.request("0")).toBytes());

      try (ZipFile zip = new ZipFile(file.toFile())) {
        List<String> names = new ArrayList<>();
        for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
          names.add(e.nextElement().getName());
        }
        assertThat(names)
            .containsExactly(
                "manifest.json",
                "entries.jsonl",
                "hashes.sha256",
                "checkpoint.sha256",
                "hashes.sm3",
                "checkpoint.sm3");
        assertThat(
                new String(
                    zip.getInputStream(zip.getEntry(names.get(3))).readAllBytes(),
                    StandardCharsets.UTF_8))
            .isEqualTo(rig.log().checkpoint().orElseThrow().note());
      }
      assertThat(EvidenceBundle.read(file).entries()).hasSize(2);
    }
  }

  @Test
  void followsTheKeysOverTheirChanges() {
    NoteSigner second = new NoteSigner(EvidenceRig.SIGNER.name(), new KeyInMemory());
    LogKeys both =
        LogKeys.of(second)
            .withSm3(EvidenceRig.KEYS.sm3().key())
            .withSealing(EvidenceRig.KEYS.wrapper());
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      rig.append("zhang", "li");
      rig.log().changeKey(second);
      rig.append("zhang");
    }
    try (EvidenceRig rig = new EvidenceRig(dataDir, both, EvidenceRig.NOW.plusSeconds(9))) {
      rig.append("li");

      EvidenceBundle bundle = rig.desk().make(EvidenceRig.about("zhang", List.of(0L, 1L, 3L, 4L)));

      assertThat(bundle.entries())
          .extracting(BundleEntry::leaf)
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      for (NoteSigner trusted : List.of(EvidenceRig.SIGNER, second)) {
        assertThat(BundleVerifier.verify(bundle, List.of(trusted.verifierKey())).findings())
            .isEmpty();
      }
      NoteSigner other = new NoteSigner(second.name(), new KeyInMemory());
      assertThat(BundleVerifier.verify(bundle, List.of(other.verifierKey())).verdict())
          .isEqualTo(Verdict.TAMPERED);
      EvidenceBundle without = Forgery.without(bundle, 2);
      assertThat(BundleVerifier.verify(without, List.of()).findings())
          .anyMatch(finding -> finding.explanation().contains("announces the key"));
      // A change of keys names nobody, and is disclosed where somebody asks for it.
      assertThat(
              BundleVerifier.verify(
                      rig.desk().make(EvidenceRig.about("zhang", List.of(2L))), List.of())
                  .findings())
          .isEmpty();
    }
  }

  @Test
  void showsThatAPayloadWasDestroyedLawfully() {
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      rig.append("zhang", "li");
    }
    try (EvidenceRig rig = new EvidenceRig(dataDir, EvidenceRig.KEYS, OCTOBER)) {
      rig.log().record(new PolicySet(new RetentionPolicy(180, Map.of(), 7), "citywall.yaml"));
      Payloads payloads = new Payloads("a", YearMonth.of(2026, 3));
      long proposal = rig.log().record(new DestructionProposed(payloads, "li", "rule 7"));
      rig.log().destroy(rig.log().record(new Approved(proposal, "wang")));
      rig.append("zhang");

      EvidenceBundle bundle =
          EvidenceBundle.parse(rig.desk().make(EvidenceRig.request("0-1,7")).toBytes());
      BundleReport report = BundleVerifier.verify(bundle, List.of(rig.key()));

      assertThat(report.verdict()).isEqualTo(Verdict.LAWFULLY_REDUCED);
      assertThat(report.findings()).hasSize(2).allMatch(Finding.Lawful.class::isInstance);
      assertThat(report.findings().getFirst().explanation())
          .contains("proposed by li", "approved by wang");
      assertThat(report.manifest().counts().destroyed()).isEqualTo(2);
      assertThat(report.manifest().counts().supporting()).isEqualTo(4);
    }
  }

  @Test
  void isNotMadeOfNothing() {
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      rig.append("zhang");
      assertRefused(
          AuditErrorCode.LEAF_OUT_OF_RANGE, () -> rig.desk().make(EvidenceRig.request("1")));
      assertThat(rig.log().size()).isEqualTo(1);
      for (String leaves : List.of("", "a", "1-", "-1", "1,,2", "9999999999999999999", "3-1")) {
        assertRefused(AuditErrorCode.BUNDLE_SELECTION, () -> EvidenceRig.request(leaves));
      }
      assertRefused(AuditErrorCode.BUNDLE_TOO_LARGE, () -> EvidenceRig.request("0-50000"));
      assertRefused(AuditErrorCode.BUNDLE_SELECTION, () -> FieldValue.parse("user.nmae=zhang"));
      assertRefused(AuditErrorCode.BUNDLE_SELECTION, () -> FieldValue.parse("user.name"));
      assertRefused(
          AuditErrorCode.BUNDLE_SELECTION,
          () ->
              new EvidenceRequest(
                  LeafRanges.parse("0"), "entries", List.of(), List.of(), "li", "a\nb"));
    }
  }

  static void assertRefused(AuditErrorCode code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
