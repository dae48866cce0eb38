// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The proof that an entry is in the log, and what checking it here gave.
 *
 * @param status verified, failed, pending (no checkpoint covers the entry yet) or unchecked (this
 *     process knows no verifier key)
 * @param code why it is failed or pending
 * @param envelope what the leaf says, null while pending
 * @param key verifier key in the form that is published, or null
 */
record ProofView(
    long leaf,
    String status,
    @Nullable String code,
    @Nullable Envelope envelope,
    String envelopeHex,
    String salt,
    List<Step> path,
    @Nullable Checkpoint checkpoint,
    @Nullable String key) {

  /**
   * A hash on the way to the root.
   *
   * @param right whether the sibling stands to the right
   */
  record Step(int level, boolean right, String hash) {}

  ProofView {
    path = List.copyOf(path);
  }

  static ProofView without(long leaf, String status, ErrorCode code, @Nullable String key) {
    return new ProofView(leaf, status, code.id(), null, "", "", List.of(), null, key);
  }

  static ProofView of(
      EntryProof proof, String status, @Nullable String code, @Nullable String key) {
    return new ProofView(
        proof.leaf(),
        status,
        code,
        Envelope.decode(proof.envelope()),
        HexFormat.of().formatHex(proof.envelope()),
        HexFormat.of().formatHex(proof.salt()),
        steps(proof),
        proof.checkpoint(),
        key);
  }

  /** Sides by RFC 6962 section 2.1.1: a level without a sibling takes no step. */
  private static List<Step> steps(EntryProof proof) {
    List<Step> steps = new ArrayList<>();
    long index = proof.leaf();
    long last = proof.checkpoint().size() - 1;
    int level = 0;
    for (Hash hash : proof.path()) {
      while ((index & 1) == 0 && index == last) {
        index >>= 1;
        last >>= 1;
        level++;
      }
      steps.add(new Step(level, (index & 1) == 0, hash.hex()));
      index >>= 1;
      last >>= 1;
      level++;
    }
    return steps;
  }
}
