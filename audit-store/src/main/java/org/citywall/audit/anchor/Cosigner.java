// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.secrets.SigningKey;

/**
 * Cosigns checkpoints under a name (C2SP tlog-cosignature, Ed25519). Safe for use by several
 * threads. One key must serve one name only: the signed message does not hold the name.
 *
 * @param name key name
 * @param key Ed25519 key
 */
record Cosigner(String name, SigningKey key) {

  /** What others need to check this cosigner's signatures. */
  WitnessKey witnessKey() {
    return WitnessKey.of(name, key.publicKey());
  }

  /**
   * A cosignature over a checkpoint.
   *
   * @param text of the note, with its last newline
   * @param now time of the cosignature, after 1970
   */
  SignedNote.Line cosign(String text, Instant now) {
    long seconds = now.getEpochSecond();
    byte[] signature = key.sign(WitnessKey.message(text, seconds));
    return new SignedNote.Line(
        name,
        witnessKey().id(),
        ByteBuffer.allocate(8 + signature.length).putLong(seconds).put(signature).array());
  }
}
