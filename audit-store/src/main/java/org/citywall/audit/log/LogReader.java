// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Reads an evidence log, also while another process writes it. Safe for use by several threads.
 * Failures: {@code AUD-0013} where stored bytes do not match their commitment, {@code AUD-0015}
 * where the disk refuses.
 */
public interface LogReader extends AutoCloseable {

  /** Number of durable entries; leaves are {@code 0 .. size()-1}. */
  long size();

  /** Up to {@code max} entries from this leaf on; empty at the end of the log. */
  List<LoggedEntry> read(long fromLeaf, int max);

  /** The entry at this leaf, or {@code AUD-0017}. */
  LoggedEntry read(long leaf);

  /** Waits until the log has more than {@code size} entries; false when the time is over. */
  boolean awaitBeyond(long size, Duration atMost) throws InterruptedException;

  /** The last signed checkpoint of the tree over SHA-256; empty in a log that has none yet. */
  Optional<Checkpoint> checkpoint();

  /**
   * Both notes of the last checkpoint, which are of one size; empty in a log that has none yet.
   * {@code AUD-0023} where only one of the two can be seen: the other is missing or of another
   * moment.
   */
  default Optional<CheckpointPair> checkpoints() {
    return checkpoint().map(sha256 -> new CheckpointPair(sha256, null));
  }

  /**
   * Proof that the entry at this leaf is in the tree of the last checkpoint; {@code AUD-0018} while
   * no checkpoint covers it.
   */
  EntryProof prove(long leaf);

  /** The same in the tree over this hash; {@code AUD-0018} too where the log has no such tree. */
  default EntryProof prove(long leaf, TreeHash tree) {
    if (tree != TreeHash.SHA_256) {
      throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "no tree over " + tree);
    }
    return prove(leaf);
  }

  @Override
  void close();
}
