// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The two notes of one moment: over the same leaves, so of one size.
 *
 * @param sha256 of the tree over SHA-256
 * @param sm3 of the tree over SM3; null where the log has no such tree (version 1)
 */
public record CheckpointPair(Checkpoint sha256, @Nullable Checkpoint sm3) {

  public CheckpointPair {
    if (sm3 != null && sm3.size() != sha256.size()) {
      throw new IllegalArgumentException(
          "notes of sizes " + sha256.size() + " and " + sm3.size() + " are no pair");
    }
  }

  /** Number of leaves that both speak of. */
  public long size() {
    return sha256.size();
  }

  /** The checkpoint of this tree; empty where the log has no such tree. */
  public Optional<Checkpoint> of(TreeHash hash) {
    return Optional.ofNullable(hash == TreeHash.SHA_256 ? sha256 : sm3);
  }
}
