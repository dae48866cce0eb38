// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.verify.Completeness;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an administrator can do to the files of a log without its keys, and what comes of it. Other
 * attacks have tests of their own: docs/security/attacks.md names them all.
 */
class AttackTest {

  private static final int MIDDLE = 120;

  @TempDir private Path dataDir;
  private RecordForger forger;
  private List<byte[]> records;

  @BeforeEach
  void writeLog() throws IOException {
    TestLogs.write(dataDir);
    forger = new RecordForger(dataDir);
    records = new ArrayList<>(forger.records());
  }

  @Test
  void rewritingTheSameRecordsIsNoAttack() throws IOException {
    forger.write(records);

    assertThat(verify().findings()).isEmpty();
    assertThat(TestLogs.reopen(dataDir)).isEqualTo(351);
  }

  @Test
  void deletingAnEntryInTheMiddle() throws IOException {
    records.remove(MIDDLE);
    forger.write(records);

    assertTampered();
  }

  @Test
  void deletingAnEntryInTheMiddleAndLeavingItsPlaceEmpty() throws IOException {
    records.remove(MIDDLE);
    forger.write(records, false);

    assertNotIntact(verify());
    assertRefusedByTheWriter();
  }

  @Test
  void deletingTheTail() throws IOException {
    records.subList(340, records.size()).clear();
    forger.write(records);

    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertRefusedByTheWriter();
  }

  @Test
  void insertingABackdatedEntry() throws IOException {
    records.add(MIDDLE, foreign());
    forger.write(records);

    assertTampered();
  }

  @Test
  void swappingTwoEntries() throws IOException {
    Collections.swap(records, MIDDLE, MIDDLE + 1);
    forger.write(records);

    assertTampered();
  }

  @Test
  void repeatingAnEntry() throws IOException {
    records.set(MIDDLE, records.get(MIDDLE - 1));
    forger.write(records);

    assertTampered();
  }

  @Test
  void renumberingWhatASourceSent() throws IOException {
    byte[] record = records.get(MIDDLE).clone();
    Envelope envelope = Envelope.decode(RecordForger.envelope(record));
    int at = indexOf(record, envelope.encode());
    // The last byte before the commitments is the last one of the sequence.
    int sequence = at + envelope.encode().length - 2 * Hash.BYTES - 1;
    record[sequence]++;
    records.set(MIDDLE, record);
    forger.write(records);

    assertTampered();
  }

  @Test
  void replayingAnEntryOfAnotherLog() throws IOException {
    records.set(MIDDLE, foreign());
    forger.write(records);

    assertTampered();
  }

  @Test
  void replacingTheTailByAnotherOneOfTheSameLength() throws IOException {
    records.subList(340, records.size()).clear();
    while (records.size() < 351) {
      records.add(foreign());
    }
    forger.write(records);

    assertTampered();
  }

  @Test
  void claimingAnEnvelopeThatIsLongerThanItsRecord() throws IOException {
    byte[] record = records.get(MIDDLE).clone();
    ByteBuffer.wrap(record).putShort(26, (short) 0xFFF0);
    RecordForger.seal(record);
    replaceInSegments(records.get(MIDDLE), record);

    assertNotIntact(verify());
  }

  @Test
  void strippingTheSignatureOfTheLastCheckpoint() throws IOException {
    rewriteLastFrame(note -> note.substring(0, note.indexOf("\n\n") + 2));

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
    assertThatThrownBy(() -> TestLogs.reopen(dataDir)).isInstanceOf(PlatformException.class);
  }

  @Test
  void signingTheLastCheckpointWithAnotherKey() throws IOException {
    NoteSigner stranger = TestKeys.signer(TestKeys.SIGNER.name());
    rewriteLastFrame(
        note ->
            note.contains("-sm3") ? note : stranger.sign(SignedNote.parse(note).text()).toString());

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
    assertThatThrownBy(() -> TestLogs.reopen(dataDir)).isInstanceOf(PlatformException.class);
  }

  @Test
  void callingTheRootOfOneTreeThatOfTheOther() throws IOException {
    List<String> notes = new ArrayList<>();
    rewriteLastFrame(
        note -> {
          notes.add(note);
          return note;
        });
    rewriteLastFrame(note -> notes.get(note.equals(notes.getFirst()) ? 1 : 0));

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
    assertThatThrownBy(() -> TestLogs.reopen(dataDir)).isInstanceOf(PlatformException.class);
  }

  @Test
  void leavingAPartialTileBesideTheFullOneIsNoAttack() throws IOException {
    Path tile = dataDir.resolve("log/tlog/tile/0/000");
    Path partial = Files.createDirectory(tile.resolveSibling("000.p")).resolve("7");
    byte[] full = Files.readAllBytes(tile);
    Files.write(partial, Arrays.copyOf(full, 7 * Hash.BYTES));
    assertThat(verify().findings()).isEmpty();

    full[40] ^= 1;
    Files.write(partial, Arrays.copyOf(full, 7 * Hash.BYTES));
    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void pointingTheVerifierElsewhere() throws Exception {
    Path segment = dataDir.resolve("log/segment/00000000000000000000.seg");
    Path moved = Files.move(segment, dataDir.resolve("moved"));
    Files.createSymbolicLink(segment, moved);
    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);

    Files.delete(segment);
    Files.createSymbolicLink(segment, Path.of("/dev/zero"));
    assertThat(verify().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(verify().findings())
        .singleElement()
        .satisfies(found -> assertThat(found.explanation()).contains("special file"));

    Files.delete(segment);
    Files.move(moved, segment);
    Path format = dataDir.resolve("log/format");
    Files.delete(format);
    Files.createSymbolicLink(format, Path.of("/dev/zero"));
    EvidenceLogContract.assertRefused(AuditErrorCode.LOG_CORRUPT, this::verify);
    Files.delete(format);
  }

  @Test
  void handingOverAProofThatIsTooLongToBeOne() throws IOException {
    try (LogReader reader = TestLogs.read(dataDir)) {
      EntryProof proof = reader.prove(3);
      List<Hash> path = new ArrayList<>(proof.path());
      while (path.size() < 64) {
        path.add(path.getFirst());
      }
      String text =
          EntryProofs.toText(
              new EntryProof(
                  3, proof.envelope(), proof.salt(), proof.payload(), path, proof.checkpoint()));

      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_MALFORMED, () -> EntryProofs.parse(text));
      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_MALFORMED,
          () -> EntryProofs.parse(EntryProofs.toText(proof) + "—".repeat(9 << 20)));
    }
  }

  @Test
  void settingTheClockIsNoAttack() throws IOException {
    Path data = Files.createDirectory(dataDir.resolve("clock"));
    long sequence = 0;
    for (int days : List.of(0, 1, -1, 0, -365, 2)) {
      Instant now = TestEvents.TIME.plus(Duration.ofDays(days));
      try (KeptLog log = TestLogs.openAt(data, now)) {
        log.append(List.of(TestLogs.entry(++sequence, now, "330100")));
        log.signCheckpoint();
      }
    }

    VerificationReport report = TestLogs.verifier(data).full(Progress.SILENT);
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.entries()).isEqualTo(6);
  }

  @Test
  void keepingEntriesFromTheLogLeavesANamedGap() throws IOException {
    Path data = Files.createDirectory(dataDir.resolve("gap"));
    try (EvidenceLog log = TestLogs.open(data)) {
      log.append(TestEvents.range("a", 2, 5));
      log.append(TestEvents.range("b", 1, 3));
      log.append(TestEvents.range("a", 9, 9));
      log.append(List.of(TestEvents.at("a", 2, 1)));
    }

    VerificationReport report = TestLogs.verifier(data).full(Progress.SILENT);

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.completeness())
        .isEqualTo(
            new Completeness(
                2,
                3,
                4,
                List.of(
                    new Completeness.Gap("a", 1, 1, 1, 0), new Completeness.Gap("a", 1, 6, 8, 7)),
                0));
    assertThat(verify().completeness().missing()).isZero();
  }

  /** A record of another log, open and with everything about it in order. */
  private byte[] foreign() throws IOException {
    Path other = Files.createTempDirectory(dataDir, "other");
    try (EvidenceLog log = TestLogs.open(other)) {
      log.appendOpen(TestEvents.range("a", 100, 100));
    }
    return new RecordForger(other).records().getLast();
  }

  private void replaceInSegments(byte[] before, byte[] after) throws IOException {
    for (Path segment : Segments.list(LogFolder.ofData(dataDir)).values()) {
      byte[] bytes = Files.readAllBytes(segment);
      int at = indexOf(bytes, before);
      if (at >= 0) {
        System.arraycopy(after, 0, bytes, at, after.length);
        Files.write(segment, bytes);
      }
    }
  }

  private static int indexOf(byte[] in, byte[] wanted) {
    for (int at = 0; at + wanted.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Changes the notes of the last moment and of the published copies. */
  private void rewriteLastFrame(UnaryOperator<String> change) throws IOException {
    Path history = dataDir.resolve("log/checkpoints/00000000.notes");
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(history));
    int last = 0;
    for (int at = 0; at < in.limit(); at += CheckpointFrame.lengthAt(in, at)) {
      last = at;
    }
    List<String> notes = CheckpointFrame.notesAt(in, last).stream().map(change).toList();
    byte[] sha256 = notes.getFirst().getBytes(StandardCharsets.UTF_8);
    byte[] sm3 = notes.getLast().getBytes(StandardCharsets.UTF_8);
    int content = 10 + sha256.length + sm3.length;
    ByteBuffer frame = ByteBuffer.allocate(CheckpointFrame.HEADER + content);
    frame.putInt(0).putInt(content).put((byte) 0).put((byte) 2);
    frame.putInt(sha256.length).put(sha256).putInt(sm3.length).put(sm3);
    frame.putInt(0, RecordFormat.crc(frame, 4, 4 + content));
    ByteBuffer out = ByteBuffer.allocate(last + frame.limit());
    Files.write(history, out.put(in.slice(0, last)).put(frame.flip()).array());
    for (TreeHash tree : TreeHash.values()) {
      Files.deleteIfExists(LogFolder.ofData(dataDir).checkpoint(tree));
    }
  }

  private VerificationReport verify() {
    return TestLogs.verifier(dataDir).full(Progress.SILENT);
  }

  private void assertTampered() {
    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(new LogVerifier(dataDir, Optional.empty()).full(Progress.SILENT).verdict())
        .as("without the key of the payloads")
        .isEqualTo(Verdict.TAMPERED);
    assertRefusedByTheWriter();
  }

  private static void assertNotIntact(VerificationReport report) {
    assertThat(report.verdict()).isIn(Verdict.TAMPERED, Verdict.INCOMPLETE);
  }

  private void assertRefusedByTheWriter() {
    EvidenceLogContract.assertRefused(AuditErrorCode.LOG_CORRUPT, () -> TestLogs.reopen(dataDir));
  }
}
