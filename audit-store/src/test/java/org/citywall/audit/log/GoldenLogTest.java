// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of 311 entries, two segments and five checkpoints that the first release of the format
 * wrote: it must stay readable, writable and intact for good.
 */
class GoldenLogTest {

  private static final LogKeys ONE_TREE =
      LogKeys.of(new NoteSigner("golden.example/log", KeyInMemory.numbered(7)));
  private static final LogKeys ALL =
      ONE_TREE.withSm3(Sm2KeyInMemory.numbered(8)).withSealing(WrapperInMemory.numbered(9));

  @TempDir private Path dataDir;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream file = GoldenLogTest.class.getResourceAsStream("/golden/log-v1.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = dataDir.resolve(entry.getName());
        Files.createDirectories(path.resolveSibling(""));
        Files.copy(zip, path);
      }
    }
  }

  @Test
  void isStillIntact() {
    VerificationReport report = verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.entries()).isEqualTo(311);
    assertThat(report.checkpoints()).isEqualTo(5);
    assertThat(report.sm3Root()).isNull();
    assertThat(new LogVerifier(dataDir, Optional.empty()).consistency(Progress.SILENT).verdict())
        .isEqualTo(Verdict.INTACT);
    assertThat(new LogVerifier(dataDir, Optional.empty()).inclusion(310).verdict())
        .isEqualTo(Verdict.INTACT);
  }

  @Test
  void canStillBeRead() {
    try (LogReader log = EvidenceLogs.openReadOnly(dataDir)) {
      assertThat(log.size()).isEqualTo(311);
      assertThat(log.read(0, 400)).hasSize(311);
      assertThat(log.read(280).event().id())
          .isEqualTo(TestEvents.ofClient("http", 1, "x").event().id());
      EntryProof proof = log.prove(300);
      assertThat(EntryProofs.verify(proof, ONE_TREE.sha256().verifierKey()))
          .isEqualTo(TestEvents.at("a", 1, 120).event());
    }
  }

  @Test
  void canStillBeContinued() {
    try (EvidenceLog log = open(ONE_TREE)) {
      assertThat(log.append(TestEvents.range("a", 130, 131))).containsExactly(310, 311);
      assertThat(log.append(List.of(TestEvents.ofClient("http", 5, "x")))).containsExactly(280);
    }

    assertThat(LogFormat.of(dataDir).version()).isEqualTo(1);
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void isContinuedWithEverythingThatCameLater() {
    try (EvidenceLog log = open(ALL)) {
      assertThat(log.append(TestEvents.range("a", 130, 300))).contains(310, 480);
      assertThat(log.append(List.of(TestEvents.ofClient("http", 5, "x")))).containsExactly(280);
      log.signCheckpoint();
      assertThat(log.read(0, 500)).hasSize(481);
      for (long leaf : new long[] {0, 310, 311, 480}) {
        EntryProof proof = log.prove(leaf, TreeHash.SM3);
        assertThat(EntryProofs.verify(proof, ALL.of(TreeHash.SM3).get().verifierKey()))
            .isEqualTo(log.read(leaf).event());
      }
    }

    VerificationReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(481);
    assertThat(report.sm3Root()).isNotNull();
  }

  private EvidenceLog open(LogKeys keys) {
    return EvidenceLogs.open(
        dataDir,
        TestLogs.QUIET,
        keys,
        Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
        new SecureRandom());
  }

  private VerificationReport verify() {
    return new LogVerifier(dataDir, List.of(ONE_TREE.sha256().verifierKey()), ALL.wrapper())
        .full(Progress.SILENT);
  }
}
