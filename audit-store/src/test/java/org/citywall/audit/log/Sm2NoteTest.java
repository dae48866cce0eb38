// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.Test;

class Sm2NoteTest {

  private static final String NAME = "city.example/log-sm3";

  private final NoteSigner signer = new NoteSigner(NAME, new Sm2KeyInMemory());
  private final VerifierKey key = signer.verifierKey();

  /** GB/T 32918.5-2017, annex A.2: the key, the message and its signature. */
  @Test
  void verifiesTheExampleOfTheStandard() {
    VerifierKey example =
        vkey(
            "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    byte[] message = "message digest".getBytes(StandardCharsets.US_ASCII);
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                    + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");

    assertThat(example.verifies(message, signature)).isTrue();
    signature[63] ^= 1;
    assertThat(example.verifies(message, signature)).isFalse();
  }

  @Test
  void readsTheVkeyThatItWrites() {
    assertThat(VerifierKey.parse(key.toString())).isEqualTo(key);
    assertThat(key.treeHash()).isEqualTo(TreeHash.SM3);
    assertThat(key.name()).isEqualTo(NAME);
    assertThat(key.id()).isNotEqualTo(key.timedId());
  }

  @Test
  void namesTheAlgorithmBehindThePrivateType() {
    byte[] typed = Base64.getDecoder().decode(key.toString().split("\\+", 3)[2]);

    assertThat(typed).hasSize(1 + 10 + 65).startsWith(0xff);
    assertThat(new String(typed, 1, 10, StandardCharsets.US_ASCII)).isEqualTo("sm2-sm3-v1");
    assertThat(typed[11]).isEqualTo((byte) 4);
  }

  @RandomizedTest(iterations = 2)
  void refusesAVkeyWithAnyBitChanged(RandomGenerator random) {
    String vkey = key.toString();
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(vkey.length());
      String forged = flipped(vkey, at, random);

      EvidenceLogContract.assertRefused(
          AuditErrorCode.NOTE_MALFORMED, () -> VerifierKey.parse(forged));
    }
  }

  @Test
  void refusesAPointThatIsNotOnTheCurve() {
    assertThatThrownBy(() -> vkey("11".repeat(64)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.NOTE_MALFORMED));
  }

  @Test
  void refusesKeysOfOtherCurves() throws Exception {
    var p256 = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();

    assertThatThrownBy(() -> VerifierKey.of(NAME, p256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signsCheckpointsWithTheirTime() {
    Instant now = Instant.parse("2026-03-01T08:00:00Z");
    Checkpoint signed = signer.checkpoint(7, Hash.sm3(new byte[0]), now);

    Checkpoint read = Checkpoint.verified(signed.note(), key);

    assertThat(read).isEqualTo(signed);
    assertThat(read.signedAt(key)).contains(now);
  }

  @RandomizedTest(iterations = 2)
  void refusesANoteWithAnyBitChanged(RandomGenerator random) {
    String note = signer.checkpoint(7, Hash.sm3(new byte[0]), Instant.EPOCH).note();
    for (int i = 0; i < 100; i++) {
      int at = random.nextInt(note.length());
      String forged = flipped(note, at, random);

      assertThat(isWhole(forged)).as("character %d", at).isFalse();
    }
  }

  private boolean isWhole(String note) {
    try {
      return Checkpoint.verified(note, key).signedAt(key).isPresent();
    } catch (PlatformException e) {
      return false;
    }
  }

  private static String flipped(String text, int at, RandomGenerator random) {
    char changed = (char) (text.charAt(at) ^ 1 << random.nextInt(7));
    return text.substring(0, at) + changed + text.substring(at + 1);
  }

  private static VerifierKey vkey(String point) {
    byte[] typed = HexFormat.of().parseHex("ff" + hex("sm2-sm3-v1") + "04" + point);
    byte[] named = HexFormat.of().parseHex(hex(NAME + "\n") + HexFormat.of().formatHex(typed));
    String id = Hash.sha256(named).hex().substring(0, 8);
    return VerifierKey.parse(NAME + '+' + id + '+' + Base64.getEncoder().encodeToString(typed));
  }

  private static String hex(String ascii) {
    return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
