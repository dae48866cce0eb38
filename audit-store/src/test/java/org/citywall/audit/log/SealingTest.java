// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SealingTest {

  private static final Instant MARCH = Instant.parse("2026-03-31T23:59:59.999999Z");
  private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

  @TempDir private Path dataDir;
  private long sequence;

  private Entry entry(Instant received, String department, String dataset) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("a", 1, ++sequence), received, received)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.EVENT_DATASET, dataset)
            .put(Field.GOV_NOTE, "secret " + sequence)
            .build());
  }

  @ParameterizedTest
  @EnumSource
  void keepsPayloadsFromWhoReadsTheDisk(PayloadCipher cipher) throws IOException {
    List<Entry> entries = TestEvents.range("a", 1, 50);
    try (EvidenceLog log = open(TestLogs.QUIET.withCipher(cipher))) {
      log.append(entries);
    }

    String disk = new String(Files.readAllBytes(segment(dataDir)), StandardCharsets.ISO_8859_1);
    assertThat(disk).doesNotContain("ssh_login").doesNotContain("attempt");
    try (LogReader reader = TestLogs.read(dataDir)) {
      assertThat(reader.read(0, 50))
          .extracting(LoggedEntry::event)
          .isEqualTo(entries.stream().map(Entry::event).toList());
    }
    VerificationReport report = TestLogs.verifier(dataDir).full(Progress.SILENT);
    assertThat(report.findings()).isEmpty();
    assertThat(report.payloads()).isEqualTo(50);
  }

  @Test
  void drawsAKeyForEachGroupAndMonth() throws IOException {
    try (EvidenceLog log = open(TestLogs.QUIET)) {
      log.append(
          List.of(
              entry(MARCH, "330100-MZJ", "x"),
              entry(APRIL, "330100-MZJ", "y"),
              entry(MARCH, "330100-MZJ", "z"),
              entry(MARCH, null, "system.auth"),
              entry(MARCH, null, null)));
    }

    assertThat(KeyRing.read(ring(dataDir)))
        .extracting(key -> key.number() + " " + key.group() + " " + key.month())
        .containsExactly(
            "1 330100-MZJ 2026-03", "2 330100-MZJ 2026-04", "3 system.auth 2026-03", "4 * 2026-03");
  }

  @Test
  void letsGroupsThatComeTooLateShareOneKey() throws IOException {
    try (EvidenceLog log = open(TestLogs.QUIET)) {
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < SubjectGroups.MAX_GROUPS + 50; i++) {
        entries.add(entry(MARCH, "department-" + i, null));
      }
      log.append(entries);
      log.append(List.of(entry(APRIL, "department-" + SubjectGroups.MAX_GROUPS, null)));
      assertThat(log.read(0, 2000)).hasSize(SubjectGroups.MAX_GROUPS + 51);
    }

    List<RingKey> keys = KeyRing.read(ring(dataDir));
    assertThat(keys).hasSize(SubjectGroups.MAX_GROUPS + 2);
    assertThat(keys.get(SubjectGroups.MAX_GROUPS).group()).isEqualTo(SubjectGroups.REST);
    assertThat(keys.getLast().group()).isEqualTo("department-" + SubjectGroups.MAX_GROUPS);
  }

  @Test
  void neverSealsWithAKeyOfAnEarlierWriter() throws IOException {
    for (int round = 0; round < 4; round++) {
      try (EvidenceLog log = open(TestLogs.QUIET)) {
        log.append(List.of(entry(MARCH, "a", null), entry(MARCH, "b", null)));
        assertThat(log.read(0, 100)).hasSize(2 * round + 2);
      }
    }

    assertThat(KeyRing.read(ring(dataDir))).hasSize(8);
    assertThat(nonces(dataDir)).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void neverSealsWithTheSameKeyInACopyOfTheFolder() throws IOException {
    Path copy = dataDir.resolve("copy");
    Path original = dataDir.resolve("original");
    try (EvidenceLog log = open(original, TestLogs.QUIET)) {
      log.append(List.of(entry(MARCH, "a", null)));
    }
    TestLogs.copy(original, copy);

    for (Path folder : List.of(original, copy)) {
      try (EvidenceLog log = open(folder, TestLogs.QUIET)) {
        log.append(List.of(entry(MARCH, "a", null)));
      }
    }

    Set<String> shared = new HashSet<>(nonces(original));
    shared.retainAll(nonces(copy));
    assertThat(shared).hasSize(1);
  }

  @Test
  void neverUsesANonceTwiceWhenAGroupFails() throws IOException {
    FullDisk disk = new FullDisk();
    Set<String> seen = new HashSet<>();
    try (EvidenceLog log = TestLogs.open(dataDir, disk)) {
      log.append(List.of(entry(MARCH, "a", null)));
      log.signCheckpoint();
      for (int i = 0; i < 5; i++) {
        disk.leave(200);
        EvidenceLogContract.assertRefused(
            AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(List.of(entry(MARCH, "a", null))));
        seen.addAll(torn(dataDir));
      }
      disk.leave(Long.MAX_VALUE);
      log.append(List.of(entry(MARCH, "a", null)));
    }

    assertThat(seen).hasSize(5).doesNotContainAnyElementsOf(nonces(dataDir));
  }

  @Test
  void acceptsNothingWhoseKeyIsNotDurable() {
    FullDisk disk = new FullDisk();
    try (EvidenceLog log = TestLogs.open(dataDir, disk)) {
      log.signCheckpoint();
      disk.leave(20);
      EvidenceLogContract.assertRefused(
          AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(List.of(entry(MARCH, "a", null))));
      disk.leave(Long.MAX_VALUE);
      assertThat(log.append(List.of(entry(MARCH, "a", null)))).containsExactly(0);
    }
    assertThat(TestLogs.verifier(dataDir).full(Progress.SILENT).findings()).isEmpty();
  }

  @Test
  void showsNothingSealedWithoutTheKey() {
    try (EvidenceLog log = open(TestLogs.QUIET)) {
      log.append(TestEvents.range("a", 1, 3));
    }

    try (LogReader reader = EvidenceLogs.openReadOnly(dataDir)) {
      assertThat(reader.size()).isEqualTo(3);
      EvidenceLogContract.assertRefused(AuditErrorCode.PAYLOAD_SEALED, () -> reader.read(1));
      EntryProof proof = EntryProofs.parse(EntryProofs.toText(reader.prove(1)));
      assertThat(proof.hasPayload()).isFalse();
      assertThat(EntryProofs.verifyEnvelope(proof, TestKeys.SIGNER.verifierKey()).id())
          .isEqualTo(TestEvents.at("a", 1, 2).event().id());
      EvidenceLogContract.assertRefused(
          AuditErrorCode.PAYLOAD_ABSENT,
          () -> EntryProofs.verify(proof, TestKeys.SIGNER.verifierKey()));
    }
  }

  @Test
  void provesAllButTheContentOfPayloadsWithoutTheKey() {
    try (EvidenceLog log = open(TestLogs.QUIET)) {
      log.append(TestEvents.range("a", 1, 300));
    }
    LogVerifier verifier = new LogVerifier(dataDir, Optional.empty());

    VerificationReport report = verifier.full(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.entries()).isEqualTo(300);
    assertThat(report.payloads()).isZero();
    assertThat(report.closedPayloads()).isEqualTo(300);
    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding).isInstanceOf(Finding.Remark.class);
              assertThat(finding.explanation()).contains("300 payloads are sealed");
            });
    assertThat(verifier.inclusion(17).verdict()).isEqualTo(Verdict.INTACT);
  }

  @Test
  void refusesToGoOnWithPayloadsInTheOpen() {
    open(TestLogs.QUIET).close();

    EvidenceLogContract.assertRefused(
        AuditErrorCode.PAYLOAD_SEALED,
        () ->
            EvidenceLogs.open(
                dataDir,
                TestLogs.QUIET,
                new LogKeys(TestKeys.ALL.sha256(), TestKeys.ALL.sm3(), null, List.of()),
                Clock.systemUTC(),
                new SecureRandom()));
  }

  @Test
  void changesTheCipherFromOneOpeningToTheNext() {
    for (PayloadCipher cipher : PayloadCipher.values()) {
      try (EvidenceLog log = open(TestLogs.QUIET.withCipher(cipher))) {
        log.append(List.of(entry(MARCH, "a", null)));
      }
    }

    try (LogReader reader = TestLogs.read(dataDir)) {
      assertThat(reader.read(0, 10)).hasSize(2);
    }
    assertThat(TestLogs.verifier(dataDir).full(Progress.SILENT).findings()).isEmpty();
  }

  @Test
  void keepsWhatAnUnfinishedKeyLeftAndUsesItsNumberForNoOther() throws IOException {
    try (EvidenceLog log = open(TestLogs.QUIET)) {
      log.append(List.of(entry(MARCH, "a", null)));
      log.append(List.of(entry(MARCH, "b", null)));
    }
    byte[] whole = Files.readAllBytes(ring(dataDir));
    int second = KeyRing.HEADER + ByteBuffer.wrap(whole).getInt(KeyRing.HEADER + 4);
    for (int cut = second + 1; cut < whole.length; cut++) {
      Path copy = dataDir.resolve("cut-" + cut);
      Path file = copy.resolve("ring");
      Files.createDirectories(copy);
      Files.write(file, Arrays.copyOf(whole, cut));

      try (KeyRing ring = KeyRing.open(file, Disk.REAL)) {
        assertThat(ring.keys()).hasSize(1);
        assertThat(ring.nextNumber()).isEqualTo(3);
        ring.add(PayloadCipher.SM4_GCM, "c", YearMonth.of(2026, 3), new byte[] {1, 2});
      }
      assertThat(KeyRing.read(file)).extracting(RingKey::number).containsExactly(1, 3);
      assertThat(Files.size(copy.resolve("cut-at-" + second))).isEqualTo(cut - second);
    }
  }

  @Test
  void refusesAKeyRingWhoseMiddleIsDamaged() throws IOException {
    try (EvidenceLog log = open(TestLogs.QUIET)) {
      log.append(List.of(entry(MARCH, "a", null), entry(MARCH, "b", null)));
    }
    byte[] whole = Files.readAllBytes(ring(dataDir));
    int second = KeyRing.HEADER + ByteBuffer.wrap(whole).getInt(KeyRing.HEADER + 4);
    for (int at = 0; at < second; at += 5) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 2;
      Files.write(ring(dataDir), damaged);

      EvidenceLogContract.assertRefused(
          AuditErrorCode.LOG_CORRUPT, () -> open(TestLogs.QUIET).close());
      assertThat(Files.readAllBytes(ring(dataDir))).isEqualTo(damaged);
      assertThat(TestLogs.verifier(dataDir).full(Progress.SILENT).verdict())
          .isEqualTo(Verdict.TAMPERED);
    }
  }

  private EvidenceLog open(LogOptions options) {
    return open(dataDir, options);
  }

  private static EvidenceLog open(Path dataDir, LogOptions options) {
    return EvidenceLogs.open(
        dataDir,
        options,
        TestKeys.ALL,
        Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
        new SecureRandom());
  }

  private static Path ring(Path dataDir) {
    return dataDir.resolve("log/keys/ring");
  }

  private static Path segment(Path dataDir) {
    return dataDir.resolve("log/segment/00000000000000000000.seg");
  }

  /** Key and counter of every record. */
  private static List<String> nonces(Path dataDir) throws IOException {
    List<RingKey> keys = KeyRing.read(ring(dataDir));
    List<String> nonces = new ArrayList<>();
    try (RecordCursor cursor =
        new RecordCursor(segment(dataDir), RecordFormat.SEGMENT_HEADER, 0, Long.MAX_VALUE)) {
      for (StoredRecord record = cursor.next(); record != null; record = cursor.next()) {
        int number = record.key();
        RingKey key = keys.stream().filter(k -> k.number() == number).findFirst().orElseThrow();
        byte[] material = TestLogs.wrapper().unwrap(((RingKey.Wrapped) key.state()).key());
        long counter = ByteBuffer.wrap(record.body()).getLong();
        nonces.add(HexFormat.of().formatHex(material) + ' ' + counter);
      }
    }
    return nonces;
  }

  /** Key and counter of the record that a full disk cut short at the end of the segment. */
  private static Set<String> torn(Path dataDir) throws IOException {
    byte[] bytes = Files.readAllBytes(segment(dataDir));
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int at = RecordFormat.SEGMENT_HEADER;
    at += in.getInt(at + 4);
    int envelope = in.getShort(at + 26) & 0xFFFF;
    int number = in.getInt(at + 28);
    RingKey key = KeyRing.read(ring(dataDir)).get(number - 1);
    byte[] material = TestLogs.wrapper().unwrap(((RingKey.Wrapped) key.state()).key());
    long counter = in.getLong(at + RecordFormat.RECORD_HEADER + envelope);
    return Set.of(HexFormat.of().formatHex(material) + ' ' + counter);
  }
}
