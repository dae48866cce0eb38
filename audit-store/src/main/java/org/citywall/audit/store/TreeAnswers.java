// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.StoredLog;

/** Proofs against the last checkpoint. */
final class TreeAnswers {

  private final StoredLog log;

  TreeAnswers(StoredLog log) {
    this.log = log;
  }

  /**
   * Refuses a client that knows a larger tree than ours, with {@code AUD-0065}: one of the two has
   * lost entries, and the client has to see it.
   */
  void requireSince(long since) {
    long size = log.checkpoint().map(Checkpoint::size).orElse(0L);
    if (since > size) {
      throw new PlatformException(
          AuditErrorCode.STORE_ROLLED_BACK, "checkpoint of " + size + ", client knows " + since);
    }
  }

  /** Proof of leaves {@code from..to-1}, as far as they are signed. */
  TreeProof proof(long since, long from, long to) {
    Checkpoint checkpoint = log.checkpoint().orElse(null);
    if (checkpoint == null) {
      return new TreeProof(log.size(), "", List.of(), List.of());
    }
    requireSince(since);
    long end = Math.min(to, checkpoint.size());
    List<Hash> path = from < end ? log.rangePath(from, end, checkpoint.size()) : List.of();
    return new TreeProof(
        log.size(), checkpoint.note(), log.consistency(since, checkpoint.size()), path);
  }
}
