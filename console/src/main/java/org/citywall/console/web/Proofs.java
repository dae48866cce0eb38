// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes proofs and checks each of them as a stranger would before it is shown. */
@Component
final class Proofs {

  private final EvidenceLog log;
  private final @Nullable VerifierKey key;

  Proofs(ConsoleRuntime runtime, ObjectProvider<VerifierKey> key) {
    this.log = runtime.log();
    this.key = key.getIfAvailable();
  }

  /** The proof of this leaf; {@code AUD-0017} where there is no such entry. */
  ProofView of(long leaf) {
    Event shown = log.read(leaf).event();
    EntryProof proof;
    try {
      proof = log.prove(leaf);
    } catch (PlatformException e) {
      boolean pending = e.code() == AuditErrorCode.PROOF_UNAVAILABLE;
      return ProofView.without(leaf, pending ? "pending" : "failed", e.code(), vkey());
    }
    if (key == null) {
      return ProofView.of(proof, "unchecked", null, null);
    }
    try {
      boolean same = EntryProofs.verify(proof, key).equals(shown);
      return same
          ? ProofView.of(proof, "verified", null, vkey())
          : ProofView.of(proof, "failed", AuditErrorCode.LOG_CORRUPT.id(), vkey());
    } catch (PlatformException e) {
      return e.code().category() == ErrorCategory.INTEGRITY
          ? ProofView.without(leaf, "failed", e.code(), vkey())
          : ProofView.of(proof, "unchecked", e.code().id(), vkey());
    }
  }

  /** The proof in this tree as a file that anybody can check without this server. */
  String file(long leaf, TreeHash tree) {
    return EntryProofs.toText(log.prove(leaf, tree), tree);
  }

  /** Whether entries can be proved in the tree over SM3, too. */
  boolean haveSm3() {
    return log.checkpoints().flatMap(pair -> pair.of(TreeHash.SM3)).isPresent();
  }

  @Nullable String vkey() {
    return key == null ? null : key.toString();
  }
}
