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
   * Proof of leaves {@code from..to-1}, as far as they are signed. A client that knows a larger
   * tree than ours is refused with {@code AUD-0105}: one of the two has lost entries.
   */
  TreeProof proof(long since, long from, long to) {
    Checkpoint checkpoint = log.checkpoint().orElse(null);
    long signed = checkpoint == null ? 0 : checkpoint.size();
    if (since > signed) {
      throw new PlatformException(
          AuditErrorCode.STORE_ROLLED_BACK, "checkpoint of " + signed + ", client knows " + since);
    }
    if (checkpoint == null) {
      return new TreeProof(log.size(), "", List.of(), List.of());
    }
    long end = Math.min(to, signed);
    List<Hash> path = from < end ? log.rangePath(from, end, signed) : List.of();
    return new TreeProof(log.size(), checkpoint.note(), log.consistency(since, signed), path);
  }
}
