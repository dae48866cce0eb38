// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;
import java.util.NavigableSet;

/**
 * An evidence log whose stored bytes and tree are at hand, so that it can be served to other
 * processes. Safe for use by several threads.
 */
public interface StoredLog extends EvidenceLog {

  /**
   * Stored entries from this leaf on, unopened: at most {@code max}, ending with the one that
   * reaches {@code maxBytes}. Empty at the end of the log.
   */
  List<StoredEntry> stored(long fromLeaf, int max, long maxBytes);

  /** The entry at this leaf in the bytes that are hashed, or {@code AUD-0017}. */
  StoredEntry stored(long leaf);

  /**
   * One proof for all of these leaves in the tree of this size, as {@link SharedPath} reads it.
   * {@code AUD-0017} for no leaves or leaves beyond the size, {@code AUD-0018} while no checkpoint
   * covers the size.
   */
  List<Hash> sharedPath(NavigableSet<Long> leaves, TreeHash tree, long size);

  /**
   * Hashes of a tile of the last checkpoint's tree (C2SP tlog-tiles), 32 bytes each. Fails with
   * {@code AUD-0017} where that tree has no such tile.
   *
   * @param level 0 for leaf hashes, 1 for roots of full tiles of level 0, ...
   * @param number index within the level
   * @param width 256, or the number of hashes in the level's last, incomplete tile
   */
  byte[] tile(int level, long number, int width);

  /**
   * Hashes that show that the tree of the smaller size is a prefix of the larger one's (RFC 6962
   * section 2.1.2); empty where the sizes are equal or the smaller one is 0. Fails with {@code
   * AUD-0017} where the sizes are not in order, {@code AUD-0018} while no checkpoint covers them.
   */
  List<Hash> consistency(long smaller, long larger);

  /**
   * Hashes that lead from leaves {@code from..to-1} to the root of the tree of this size, as {@link
   * MerkleRange} reads them; empty for no leaves. Failures as {@link #consistency}.
   */
  List<Hash> rangePath(long from, long to, long size);
}
