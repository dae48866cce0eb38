// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.Test;

class SignedNoteTest {

  /** The example of C2SP signed-note. */
  private static final String VKEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String NOTE =
      """
      This is an example message.

      \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;

  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void verifiesTheExampleOfTheSpecification() {
    SignedNote note = SignedNote.parse(NOTE);

    note.requireSignedBy(VerifierKey.parse(VKEY));
    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note).hasToString(NOTE);
    assertThat(VerifierKey.parse(VKEY)).hasToString(VKEY);
  }

  @Test
  void refusesAChangedText() {
    SignedNote note = SignedNote.parse(NOTE.replace("example message", "exemplary message"));

    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED, () -> note.requireSignedBy(VerifierKey.parse(VKEY)));
  }

  @Test
  void ignoresSignaturesOfUnknownKeys() {
    NoteSigner stranger = TestKeys.signer("stranger.example");
    SignedNote mine = TestKeys.SIGNER.sign("text\n");
    SignedNote both =
        new SignedNote(
            mine.text(),
            List.of(stranger.sign("text\n").signatures().getFirst(), mine.signatures().getFirst()));

    SignedNote.parse(both.toString()).requireSignedBy(TestKeys.SIGNER.verifierKey());
    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED, () -> mine.requireSignedBy(stranger.verifierKey()));
  }

  @Test
  void refusesWhatIsNoNote() {
    String[] malformed = {
      "",
      "text\n",
      "text\n\n",
      NOTE.strip(),
      NOTE.replace("\u2014", "-"),
      NOTE.replace("Uw2Q", "Uw2"),
      NOTE.replace("foo Uw", "foo  Uw"),
      NOTE.replace("is an", "is\tan"),
      NOTE + "\n",
      NOTE.replace("aQM=", "aQM")
    };
    for (String text : malformed) {
      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_MALFORMED, () -> SignedNote.parse(text));
    }
  }

  @Test
  void refusesKeysThatAreNotVerifierKeys() {
    String[] malformed = {
      "",
      "name",
      "a+b+c",
      VKEY.replace("530d", "530e"),
      VKEY.replace("foo", "bar"),
      VKEY + "=",
      VKEY.replace("+Aek", "+Bek")
    };
    for (String vkey : malformed) {
      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_MALFORMED, () -> VerifierKey.parse(vkey));
    }
  }

  @Test
  void signsTheTimeOfACheckpoint() {
    VerifierKey key = TestKeys.SIGNER.verifierKey();
    Checkpoint checkpoint = TestKeys.SIGNER.checkpoint(0, Merkle.EMPTY_ROOT, NOW);

    assertThat(Checkpoint.verified(checkpoint.note(), key)).isEqualTo(checkpoint);
    assertThat(checkpoint.signedAt(key)).contains(NOW);
    assertThat(checkpoint.signedAt(TestKeys.signer("other").verifierKey())).isEmpty();
  }

  @Test
  void refusesACheckpointOfAnotherLog() {
    SignedNote note =
        TestKeys.SIGNER.sign("other.example/log\n0\n" + Merkle.EMPTY_ROOT.base64() + "\n");

    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED,
        () -> Checkpoint.verified(note.toString(), TestKeys.SIGNER.verifierKey()));
  }

  @Test
  void refusesWhatIsNoCheckpoint() {
    String root = Merkle.EMPTY_ROOT.base64();
    String[] malformed = {
      "a\n",
      "a\n0\n",
      "a\n01\n" + root + "\n",
      "a\n-1\n" + root + "\n",
      "a\n+1\n" + root + "\n",
      "a\n1\nAAAA\n",
      "\n1\n" + root + "\n",
      "a\n1\n" + root.replace("=", "") + "\n"
    };
    for (String text : malformed) {
      String note = TestKeys.SIGNER.sign(text).toString();
      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_MALFORMED, () -> Checkpoint.parse(note));
    }
  }
}
