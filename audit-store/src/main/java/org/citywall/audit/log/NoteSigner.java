// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.secrets.SigningKey;

/**
 * Signs notes and checkpoints under a name. Safe for use by several threads.
 *
 * @param name key name, which for a log is its origin
 * @param key Ed25519 for checkpoints of the tree over SHA-256, SM2 for those over SM3
 */
public record NoteSigner(String name, SigningKey key) {

  public NoteSigner {
    VerifierKey.requireName(name);
  }

  /** What others need to check this signer's notes. */
  public VerifierKey verifierKey() {
    return VerifierKey.of(name, key.publicKey());
  }

  /** The text as a note with one signature. */
  public SignedNote sign(String text) {
    return new SignedNote(text, List.of(plain(text)));
  }

  /**
   * A checkpoint with two signatures by the same key: the log's own, and a timestamped one (C2SP
   * tlog-cosignature), which makes silence between two checkpoints of one size provable.
   */
  public Checkpoint checkpoint(long size, Hash root, Instant now) {
    String text = Checkpoint.text(name, size, root);
    SignedNote note = new SignedNote(text, List.of(plain(text), timed(text, now)));
    return new Checkpoint(name, size, root, note.toString());
  }

  /** Signature over the text. */
  SignedNote.Line plain(String text) {
    return new SignedNote.Line(
        name, verifierKey().id(), key.sign(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Signature over the text and a time. */
  SignedNote.Line timed(String text, Instant now) {
    long seconds = Math.max(0, now.getEpochSecond());
    byte[] signature =
        key.sign(Checkpoint.cosigned(text, seconds).getBytes(StandardCharsets.UTF_8));
    return new SignedNote.Line(
        name,
        verifierKey().timedId(),
        ByteBuffer.allocate(8 + signature.length).putLong(seconds).put(signature).array());
  }
}
