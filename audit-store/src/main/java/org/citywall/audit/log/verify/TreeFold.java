// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.Merkle;

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

  private static final byte NODE = 1;

  private final byte[][] stack = new byte[64][Hash.BYTES];
  private final MessageDigest sha256 = sha256();
  private final TileNodes tiles;
  private long size;

  TreeFold(TileNodes tiles) {
    this.tiles = tiles;
  }

  long size() {
    return size;
  }

  void append(byte[] leafHash) {
    tiles.node(0, leafHash);
    byte[] hash = leafHash.clone();
    int height = 0;
    for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
      fold(stack[height], hash, hash);
      height++;
      if (height % 8 == 0) {
        tiles.node(height / 8, hash.clone());
      }
    }
    stack[height] = hash;
    size++;
  }

  Hash root() {
    if (size == 0) {
      return Merkle.EMPTY_ROOT;
    }
    int lowest = Long.numberOfTrailingZeros(size);
    byte[] root = stack[lowest].clone();
    for (int height = lowest + 1; height < 63; height++) {
      if ((size >>> height & 1) == 1) {
        fold(stack[height], root, root);
      }
    }
    return Hash.of(root);
  }

  private void fold(byte[] left, byte[] right, byte[] into) {
    try {
      sha256.update(NODE);
      sha256.update(left);
      sha256.update(right);
      sha256.digest(into, 0, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
