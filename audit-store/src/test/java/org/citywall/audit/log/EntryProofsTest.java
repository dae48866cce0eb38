// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class EntryProofsTest {

  private final MemoryLog log = new MemoryLog();

  private EntryProof proof() {
    log.append(TestEvents.range("a", 1, 7));
    log.signCheckpoint();
    return log.prove(3);
  }

  @Test
  void readsTheFileThatItWrites() {
    EntryProof proof = proof();
    String text = EntryProofs.toText(proof);

    EntryProof read = EntryProofs.parse(text);

    assertThat(text).startsWith("c2sp.org/tlog-proof@v1\nextra ").contains("\nindex 3\n");
    assertThat(EntryProofs.verify(read, log.verifierKey()).position().sequence()).isEqualTo(4);
    assertThat(EntryProofs.toText(read)).isEqualTo(text);
  }

  @Test
  void marksAProofInTheTreeOverSm3SoThatNoC2spToolTakesItForItsOwn() {
    EntryProof proof = proof();

    String text = EntryProofs.toText(proof, TreeHash.SM3);

    assertThat(text).startsWith("citywall/tlog-proof-sm3@v1\nextra ");
    assertThat(EntryProofs.toText(EntryProofs.parse(text, TreeHash.SM3), TreeHash.SM3))
        .isEqualTo(text);
    EvidenceLogContract.assertRefused(AuditErrorCode.NOTE_MALFORMED, () -> EntryProofs.parse(text));
    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_MALFORMED,
        () -> EntryProofs.parse(EntryProofs.toText(proof), TreeHash.SM3));
  }

  @Test
  void readsTheProofOfTheLargestPayload() {
    byte[] large = new byte[1 << 24];
    EntryProof proof = proof();
    EntryProof larger =
        new EntryProof(3, proof.envelope(), proof.salt(), large, proof.path(), proof.checkpoint());

    assertThat(EntryProofs.parse(EntryProofs.toText(larger)).payload()).isEqualTo(large);
  }

  @RandomizedTest(iterations = 3)
  void refusesAFileWithAnyBitChanged(RandomGenerator random) {
    String text = EntryProofs.toText(proof());
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(text.length());
      char changed = (char) (text.charAt(at) ^ 1 << random.nextInt(7));
      String forged = text.substring(0, at) + changed + text.substring(at + 1);

      assertThat(isRefused(forged)).as("character %d as %s", at, changed).isTrue();
    }
  }

  private boolean isRefused(String text) {
    try {
      EntryProof proof = EntryProofs.parse(text);
      EntryProofs.verify(proof, log.verifierKey());
      // What is left is a change in the timestamped cosignature, which this check ignores.
      return !EntryProofs.toText(proof).equals(text)
          || proof.checkpoint().signedAt(log.verifierKey()).isEmpty();
    } catch (PlatformException e) {
      return true;
    }
  }

  @Test
  void refusesThePathOfAnotherLeaf() {
    EntryProof proof = proof();
    EntryProof moved =
        new EntryProof(
            2, proof.envelope(), proof.salt(), proof.payload(), proof.path(), proof.checkpoint());

    EvidenceLogContract.assertRefused(
        AuditErrorCode.LOG_CORRUPT, () -> EntryProofs.verify(moved, log.verifierKey()));
  }

  @Test
  void refusesAnotherPayload() {
    EntryProof proof = proof();
    EntryProof swapped =
        new EntryProof(
            3,
            proof.envelope(),
            proof.salt(),
            log.prove(4).payload(),
            proof.path(),
            proof.checkpoint());

    EvidenceLogContract.assertRefused(
        AuditErrorCode.LOG_CORRUPT, () -> EntryProofs.verify(swapped, log.verifierKey()));
  }

  @Test
  void refusesACheckpointOfAnotherKey() {
    EntryProof proof = proof();
    VerifierKey other = new MemoryLog().verifierKey();

    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED, () -> EntryProofs.verify(proof, other));
  }

  @Test
  void provesTheOnlyEntryWithAnEmptyPath() {
    log.append(TestEvents.range("a", 1, 1));
    log.signCheckpoint();

    EntryProof proof = EntryProofs.parse(EntryProofs.toText(log.prove(0)));

    assertThat(proof.path()).isEqualTo(List.of());
    assertThat(EntryProofs.verify(proof, log.verifierKey()).position().sequence()).isEqualTo(1);
  }
}
