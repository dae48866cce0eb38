// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.file.Path;

/** Which key has to sign the checkpoints of one tree: a log that goes on may change its keys. */
@FunctionalInterface
public interface KeysBySize {

  /** The key that has to sign a checkpoint of this size. */
  VerifierKey at(long size);

  /**
   * The keys that the log of a data folder states for this tree, read anew at each use; whether to
   * trust them is the caller's decision.
   */
  static KeysBySize statedBy(Path dataDir, TreeHash tree) {
    return size -> LogFormat.of(dataDir).keyAt(tree, size);
  }

  /** Reads a checkpoint and checks that the key of its size signed it; else {@code AUD-0021}. */
  default Checkpoint verified(String note) {
    return Checkpoint.verified(note, at(Checkpoint.parse(note).size()));
  }
}
