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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.StateSaving;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.log.verify.VerificationState;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyChangeTest {

  private static final NoteSigner FIRST = TestKeys.ALL.sha256();
  private static final NoteSigner SECOND = new NoteSigner(FIRST.name(), new KeyInMemory());
  private static final NoteSigner THIRD = new NoteSigner(FIRST.name(), new KeyInMemory());
  private static final NoteSigner SM2 = Objects.requireNonNull(TestKeys.ALL.sm3());
  private static final NoteSigner NEXT_SM2 = new NoteSigner(SM2.name(), new Sm2KeyInMemory());

  @TempDir private Path dataDir;

  private KeptLog open(NoteSigner... signers) {
    return open(Disk.REAL, signers);
  }

  /** The first signer is in charge as far as the opener knows; the log may know better. */
  private KeptLog open(Disk disk, NoteSigner... signers) {
    LogKeys keys = new LogKeys(signers[0], SM2, TestLogs.wrapper(), List.of());
    for (int i = 1; i < signers.length; i++) {
      keys = keys.alsoSignedBy(signers[i]);
    }
    return EvidenceLogs.open(
        dataDir,
        TestLogs.QUIET,
        keys,
        Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
        new SecureRandom(),
        disk);
  }

  private VerificationReport verify(NoteSigner... trusted) {
    List<VerifierKey> keys = List.of(trusted).stream().map(NoteSigner::verifierKey).toList();
    return new LogVerifier(dataDir, keys, TestLogs.wrapper()).full(Progress.SILENT);
  }

  private static boolean isSigned(Checkpoint checkpoint, NoteSigner signer) {
    return SignedNote.parse(checkpoint.note()).isSignedBy(signer.verifierKey());
  }

  @Test
  void signsWithBothKeysUntilTheOldOneIsGone() {
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      long leaf = log.changeKey(SECOND);
      assertThat(leaf).isEqualTo(3);
      assertThat(log.read(leaf).kind()).isEqualTo(EntryKind.CONTROL);
      log.append(TestEvents.range("a", 4, 5));
      Checkpoint during = log.signCheckpoint();
      assertThat(isSigned(during, FIRST)).isTrue();
      assertThat(isSigned(during, SECOND)).isTrue();
    }
    try (KeptLog log = open(SECOND)) {
      log.append(TestEvents.range("a", 6, 7));
      Checkpoint after = log.signCheckpoint();
      assertThat(isSigned(after, FIRST)).isFalse();
      assertThat(isSigned(after, SECOND)).isTrue();
    }
  }

  @Test
  void isFollowedByAVerifierFromWhicheverKeyIsTrusted() {
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      log.changeKey(SECOND);
      log.append(TestEvents.range("a", 4, 5));
    }
    try (KeptLog log = open(SECOND)) {
      log.changeKey(THIRD);
      log.append(TestEvents.range("a", 6, 300));
    }
    try (KeptLog log = open(THIRD)) {
      log.append(TestEvents.range("a", 301, 302));
    }

    for (NoteSigner trusted : List.of(FIRST, SECOND, THIRD)) {
      assertThat(verify(trusted).findings()).isEmpty();
      LogVerifier verifier =
          new LogVerifier(dataDir, List.of(trusted.verifierKey()), TestLogs.wrapper());
      assertThat(verifier.consistency(Progress.SILENT).findings()).isEmpty();
      assertThat(verifier.inclusion(1).findings()).isEmpty();
    }
    assertThat(verify().key()).isEqualTo(THIRD.verifierKey().toString());
    assertThat(verify(new NoteSigner(FIRST.name(), new KeyInMemory())).verdict())
        .isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void isFollowedByAVerificationThatGoesOnFromAnEarlierOne() {
    List<VerificationState> states = new ArrayList<>();
    StateSaving saving =
        new StateSaving(
            states::add,
            Long.MAX_VALUE,
            Duration.ofHours(1),
            Clock.fixed(TestEvents.TIME, ZoneOffset.UTC));
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 300));
    }
    assertThat(goOn(states, saving)).isEmpty();
    try (KeptLog log = open(FIRST)) {
      log.changeKey(NEXT_SM2);
      log.changeKey(SECOND);
      log.append(TestEvents.range("a", 301, 302));
    }
    assertThat(goOn(states, saving)).isEmpty();
    LogKeys changed = new LogKeys(SECOND, NEXT_SM2, TestLogs.wrapper(), List.of());
    try (KeptLog log =
        EvidenceLogs.open(
            dataDir,
            TestLogs.QUIET,
            changed,
            Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
            new SecureRandom())) {
      log.append(TestEvents.range("a", 303, 304));
    }

    assertThat(goOn(states, saving)).isEmpty();
    assertThat(states).hasSize(3).allMatch(VerificationState::isFinished);
    assertThat(states.getLast().entries()).isEqualTo(306);
  }

  private List<Finding> goOn(List<VerificationState> states, StateSaving saving) {
    LogVerifier verifier =
        new LogVerifier(dataDir, List.of(FIRST.verifierKey()), TestLogs.wrapper()).saving(saving);
    if (!states.isEmpty()) {
      verifier.continuing(states.getLast());
    }
    return verifier.full(Progress.SILENT).findings();
  }

  @Test
  void changesTheKeyOfTheSecondTreeToo() {
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      log.changeKey(NEXT_SM2);
      log.changeKey(SECOND);
      log.append(TestEvents.range("a", 4, 5));
      log.signCheckpoint();
      Checkpoint sm3 = log.checkpoints().orElseThrow().of(TreeHash.SM3).orElseThrow();
      assertThat(isSigned(sm3, SM2)).isTrue();
      assertThat(isSigned(sm3, NEXT_SM2)).isTrue();
      EntryProof proof = log.prove(1, TreeHash.SM3);
      assertThat(EntryProofs.verify(proof, NEXT_SM2.verifierKey()).position().sequence())
          .isEqualTo(2);
    }

    assertThat(verify(FIRST, SM2).findings()).isEmpty();
    assertThat(verify(SECOND, NEXT_SM2).findings()).isEmpty();
  }

  @Test
  void letsTheLogSayWhichOfTheKeysIsInCharge() {
    try (KeptLog log = open(FIRST)) {
      log.changeKey(SECOND);
    }
    try (KeptLog log = open(FIRST, THIRD, SECOND)) {
      Checkpoint signed = log.signCheckpoint();
      assertThat(isSigned(signed, SECOND)).isTrue();
      assertThat(isSigned(signed, FIRST)).isTrue();
      assertThat(isSigned(signed, THIRD)).isFalse();
    }
    EvidenceLogContract.assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> open(FIRST));
  }

  @Test
  void isReadByAReaderThatWasThereBefore() {
    try (KeptLog log = open(FIRST);
        LogReader reader = TestLogs.read(dataDir)) {
      log.append(TestEvents.range("a", 1, 3));
      log.signCheckpoint();
      assertThat(reader.checkpoints().map(CheckpointPair::size)).contains(3L);

      log.changeKey(SECOND);

      assertThat(reader.checkpoints().map(CheckpointPair::size)).contains(4L);
    }
  }

  @Test
  void refusesAKeyOfAnotherNameOrOneThatTheLogHadBefore() {
    try (KeptLog log = open(FIRST)) {
      log.changeKey(SECOND);
      for (NoteSigner next :
          List.of(FIRST, SECOND, new NoteSigner("other.example/log", new KeyInMemory()))) {
        assertThatThrownBy(() -> log.changeKey(next)).isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(log.size()).isEqualTo(1);
    }
  }

  @Test
  void isFinishedAfterACrashBehindTheAnnouncement() {
    FailingFormat disk = new FailingFormat();
    try (KeptLog log = open(disk, FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      disk.fails = true;
      assertThatThrownBy(() -> log.changeKey(SECOND)).isInstanceOf(PlatformException.class);
      assertThatThrownBy(() -> log.append(TestEvents.range("a", 4, 4)))
          .isInstanceOf(PlatformException.class);
    } catch (PlatformException e) {
      assertThat(e.code()).isEqualTo(AuditErrorCode.LOG_WRITE_FAILED);
    }
    assertThat(verify(FIRST).verdict()).isEqualTo(Verdict.INTACT);

    EvidenceLogContract.assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> open(FIRST));
    EvidenceLogContract.assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> open(SECOND));
    try (KeptLog log = open(SECOND, FIRST)) {
      Checkpoint signed = log.signCheckpoint();
      assertThat(isSigned(signed, FIRST)).isTrue();
      assertThat(isSigned(signed, SECOND)).isTrue();
      log.append(TestEvents.range("a", 4, 4));
    }
    try (KeptLog log = open(SECOND)) {
      assertThat(log.size()).isEqualTo(5);
    }
    assertThat(verify(FIRST).findings()).isEmpty();
  }

  /** A disk that does not take the format file. */
  private static final class FailingFormat implements Disk {
    private boolean fails;

    @Override
    public void replace(Path file, byte[] bytes, boolean durable) throws IOException {
      if (fails && file.endsWith("format")) {
        throw new IOException("No space left on device");
      }
      Disk.super.replace(file, bytes, durable);
    }
  }

  @Test
  void isTamperingWhereNoEntryAnnouncesTheKey() throws IOException {
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      log.signCheckpoint();
      log.append(TestEvents.range("a", 4, 9));
    }
    Path format = dataDir.resolve("log/format");
    Files.writeString(format, Files.readString(format) + "key " + SECOND.verifierKey() + " 3\n");
    rewriteHistory(
        note -> {
          List<SignedNote.Line> lines = new ArrayList<>(note.signatures());
          lines.add(SECOND.plain(note.text()));
          lines.add(SECOND.timed(note.text(), TestEvents.TIME));
          return new SignedNote(note.text(), lines);
        });
    Files.delete(dataDir.resolve("log/state"));
    EvidenceLogContract.assertRefused(AuditErrorCode.NOTE_UNTRUSTED, () -> open(SECOND, FIRST));

    VerificationReport report = verify(FIRST);

    assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(report.findings())
        .anyMatch(finding -> finding.explanation().contains("no entry announces"));
    assertThat(
            new LogVerifier(dataDir, List.of(FIRST.verifierKey()), null)
                .consistency(Progress.SILENT)
                .verdict())
        .isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void isTamperingWhereTheOldKeyDidNotSignTheFirstCheckpointUnderTheNewOne() throws IOException {
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      log.signCheckpoint();
      log.changeKey(SECOND);
    }
    assertThat(verify(FIRST).verdict()).isEqualTo(Verdict.INTACT);

    rewriteHistory(
        note ->
            note.signatures().size() < 4
                ? note
                : new SignedNote(
                    note.text(),
                    note.signatures().stream()
                        .filter(line -> line.id() != FIRST.verifierKey().id())
                        .toList()));

    assertThat(verify(FIRST).verdict()).isEqualTo(Verdict.TAMPERED);
    assertThat(verify(FIRST).findings())
        .anyMatch(finding -> finding.explanation().contains("no signature by"));
  }

  @Test
  void isTamperingWhereTheOldKeySignsOnAlone() throws IOException {
    try (KeptLog log = open(FIRST)) {
      log.append(TestEvents.range("a", 1, 3));
      log.changeKey(SECOND);
      log.append(TestEvents.range("a", 4, 4));
    }

    rewriteHistory(
        note ->
            new SignedNote(
                note.text(),
                note.signatures().stream()
                    .filter(line -> line.id() != SECOND.verifierKey().id())
                    .toList()));

    assertThat(verify(FIRST).verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void isTamperingWhereAnAnnouncementIsRepeatedElsewhere() {
    try (KeptLog log = open(FIRST)) {
      log.changeKey(SECOND);
      Entry old = new Entry(EntryKind.CONTROL, log.read(0).event());
      Entry again =
          new Entry(
              EntryKind.CONTROL, old.event().toBuilder().id(EventId.ofClient("x", "y")).build());
      log.append(List.of(again));
    }

    assertThat(verify(FIRST).verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void refusesStatementsThatAreNotSignedByBothKeys() {
    Entry entry = KeyChange.entry(FIRST, SECOND, FIRST.name(), TestEvents.TIME, 7);
    byte[] note = Objects.requireNonNull(entry.event().bytes(Field.EVENT_ORIGINAL));
    SignedNote signed = SignedNote.parse(new String(note, StandardCharsets.UTF_8));
    assertThat(KeyChange.of(EntryKind.CONTROL, entry.event()))
        .contains(new KeyChange(FIRST.verifierKey(), SECOND.verifierKey(), 7));
    assertThat(KeyChange.of(EntryKind.EVENT, entry.event())).isEmpty();

    for (SignedNote.Line line : signed.signatures()) {
      SignedNote half = new SignedNote(signed.text(), List.of(line));
      var event =
          entry.event().toBuilder()
              .put(Field.EVENT_ORIGINAL, half.toString().getBytes(StandardCharsets.UTF_8))
              .build();
      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_UNTRUSTED, () -> KeyChange.of(EntryKind.CONTROL, event));
    }
  }

  /** Writes every stored and published note anew, with right checksums. */
  private void rewriteHistory(UnaryOperator<SignedNote> change) throws IOException {
    Path file = dataDir.resolve("log/checkpoints/00000000.notes");
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    List<CheckpointPair> pairs = new ArrayList<>();
    for (int at = 0; at < in.limit(); at += CheckpointFrame.lengthAt(in, at)) {
      List<Checkpoint> notes =
          CheckpointFrame.notesAt(in, at).stream()
              .map(note -> Checkpoint.parse(change.apply(SignedNote.parse(note)).toString()))
              .toList();
      pairs.add(new CheckpointPair(notes.getFirst(), notes.getLast()));
    }
    Files.delete(file);
    try (CheckpointHistory history = CheckpointHistory.open(file.resolveSibling(""), Disk.REAL)) {
      for (CheckpointPair pair : pairs) {
        history.append(pair);
      }
    }
    LogFolder folder = LogFolder.ofData(dataDir);
    for (TreeHash tree : TreeHash.values()) {
      Checkpoint last = pairs.getLast().of(tree).orElseThrow();
      Files.writeString(folder.checkpoint(tree), last.note());
    }
  }
}
