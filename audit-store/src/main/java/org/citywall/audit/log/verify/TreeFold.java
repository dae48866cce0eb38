// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.Arrays;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.TreeHasher;
import org.jspecify.annotations.Nullable;

/**
 * Folds leaf hashes into a tree: RFC 6962 section 2.1 from left to right. Leaves gather until there
 * are 256, which are then folded together; above that one node per height is kept. Nodes at heights
 * 8, 16, ... are handed on, because tiles hold them.
 */
final class TreeFold {

  /** Receives the nodes that tiles hold. */
  interface TileNodes {
    /** The next node of this tile level; level 0 are leaf hashes. */
    void node(int level, byte[] hash);
  }

  private static final int HEIGHT = 8;
  private static final int GATHERED = 1 << HEIGHT;

  private final byte[][] stack = new byte[64][Hash.BYTES];
  private final byte[] leaves = new byte[GATHERED * Hash.BYTES];
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

  /** Goes on from a tree of this size with this edge. */
  TreeFold(TreeHash tree, TileNodes tiles, long size, TileCheck.Edge edge) {
    this(tree, tiles);
    this.size = size;
    for (int level = 0; level < edge.levels().size(); level++) {
      byte[] nodes = edge.levels().get(level);
      if (level == 0) {
        System.arraycopy(nodes, 0, leaves, 0, nodes.length);
      } else {
        for (int node = 0; node < nodes.length / Hash.BYTES; node++) {
          System.arraycopy(nodes, node * Hash.BYTES, hash, 0, Hash.BYTES);
          merge(level * HEIGHT, node);
        }
      }
    }
  }

  long size() {
    return size;
  }

  /** Appends the leaf whose hash stands at {@code at}. */
  void append(byte[] hashes, int at) {
    System.arraycopy(hashes, at, hash, 0, Hash.BYTES);
    tiles.node(0, hash);
    int place = (int) (size % GATHERED);
    System.arraycopy(hash, 0, leaves, place * Hash.BYTES, Hash.BYTES);
    size++;
    if (place == GATHERED - 1) {
      for (int width = GATHERED; width > 1; width /= 2) {
        hasher.pairs(leaves, width);
      }
      push(size / GATHERED - 1);
    }
  }

  /** Takes the node over the gathered leaves, the one of this number. */
  private void push(long number) {
    System.arraycopy(leaves, 0, hash, 0, Hash.BYTES);
    tiles.node(1, hash);
    merge(HEIGHT, number);
  }

  /** Takes the node in {@code hash}, the one of this number at this height. */
  private void merge(int from, long number) {
    int height = from;
    for (long rest = number; (rest & 1) == 1; rest >>>= 1) {
      hasher.node(stack[height], hash, hash);
      height++;
      if (height % HEIGHT == 0) {
        tiles.node(height / HEIGHT, hash);
      }
    }
    System.arraycopy(hash, 0, stack[height], 0, Hash.BYTES);
  }

  Hash root() {
    byte[] root = gatheredRoot();
    for (int height = HEIGHT; height < 63; height++) {
      if ((size >>> height & 1) == 1) {
        if (root == null) {
          root = stack[height].clone();
        } else {
          hasher.node(stack[height], root, root);
        }
      }
    }
    return root == null ? tree.emptyRoot() : Hash.of(root);
  }

  /** Root over the leaves that wait, from the right to the left; null where none do. */
  private byte @Nullable [] gatheredRoot() {
    byte[] root = null;
    int waiting = (int) (size % GATHERED);
    for (int width = 1; width <= waiting; width *= 2) {
      if ((waiting & width) != 0) {
        int first = waiting & -(2 * width);
        byte[] node = Arrays.copyOfRange(leaves, first * Hash.BYTES, (first + width) * Hash.BYTES);
        for (int left = width; left > 1; left /= 2) {
          hasher.pairs(node, left);
        }
        node = Arrays.copyOf(node, Hash.BYTES);
        if (root != null) {
          hasher.node(node, root, node);
        }
        root = node;
      }
    }
    return root;
  }
}
