// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.TreeHasher;

/**
 * Folds leaf hashes into a tree, keeping one node per level: RFC 6962 section 2.1 from left to
 * right. Nodes at heights 8, 16, ... are handed on, because tiles hold them.
 */
final class TreeFold {

  /** Receives the nodes that tiles hold. */
  interface TileNodes {
    /** The next node of this tile level; level 0 are leaf hashes. */
    void node(int level, byte[] hash);
  }

  private final byte[][] stack = new byte[64][Hash.BYTES];
  private final byte[] hash = new byte[Hash.BYTES];
  private final TreeHash tree;
  private final TreeHasher hasher;
  private final TileNodes tiles;
  private long size;

  TreeFold(TreeHash tree, TileNodes tiles) {
    this.tree = tree;
    this.hasher = tree.hasher();
    this.tiles = tiles;
  }

  long size() {
    return size;
  }

  /** Appends the leaf whose hash stands at {@code at}. */
  void append(byte[] hashes, int at) {
    System.arraycopy(hashes, at, hash, 0, Hash.BYTES);
    tiles.node(0, hash);
    int height = 0;
    for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
      hasher.node(stack[height], hash, hash);
      height++;
      if (height % 8 == 0) {
        tiles.node(height / 8, hash);
      }
    }
    System.arraycopy(hash, 0, stack[height], 0, Hash.BYTES);
    size++;
  }

  Hash root() {
    if (size == 0) {
      return tree.emptyRoot();
    }
    int lowest = Long.numberOfTrailingZeros(size);
    byte[] root = stack[lowest].clone();
    for (int height = lowest + 1; height < 63; height++) {
      if ((size >>> height & 1) == 1) {
        hasher.node(stack[height], root, root);
      }
    }
    return Hash.of(root);
  }
}
