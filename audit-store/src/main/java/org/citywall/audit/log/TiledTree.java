// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of a certain size over stored tiles: its root and its proofs, with a few tile reads each.
 * Used by one thread.
 */
final class TiledTree {

  private static final int HEIGHT = 8;

  private final TileFiles files;
  private final TreeHash hash;
  private final long size;
  private final TreeHasher hasher;
  private final Map<String, byte[]> tiles = new HashMap<>();

  TiledTree(TileFiles files, long size) {
    this.files = files;
    this.hash = files.hash();
    this.size = size;
    this.hasher = hash.hasher();
  }

  Hash root() {
    return size == 0 ? hash.emptyRoot() : rangeHash(0, size);
  }

  /** Root of the tree of the first leaves, at most as many as this tree has. */
  Hash prefixRoot(long prefix) {
    return prefix == 0 ? hash.emptyRoot() : rangeHash(0, prefix);
  }

  /** Leaf hash as the tile has it. */
  Hash leafHash(long leaf) {
    return subtree(0, leaf);
  }

  /** RFC 6962 section 2.1.1. */
  List<Hash> inclusion(long leaf) {
    List<Hash> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + Merkle.split(to - from);
      if (leaf < middle) {
        path.add(rangeHash(middle, to));
        to = middle;
      } else {
        path.add(rangeHash(from, middle));
        from = middle;
      }
    }
    return path.reversed();
  }

  /** RFC 6962 section 2.1.2: proof that the tree of this smaller size is a prefix. */
  List<Hash> consistency(long smaller) {
    List<Hash> proof = new ArrayList<>();
    long from = 0;
    long to = size;
    boolean whole = true;
    while (to != smaller) {
      long middle = from + Merkle.split(to - from);
      if (smaller <= middle) {
        proof.add(rangeHash(middle, to));
        to = middle;
      } else {
        proof.add(rangeHash(from, middle));
        from = middle;
        whole = false;
      }
    }
    if (!whole) {
      proof.add(rangeHash(from, to));
    }
    return proof.reversed();
  }

  /** The path of leaves {@code from..to-1}, as {@link MerkleRange} reads it. */
  List<Hash> range(long from, long to) {
    List<Hash> path = new ArrayList<>();
    addBeside(from, to, 0, size, path);
    return path;
  }

  private void addBeside(long from, long to, long low, long high, List<Hash> path) {
    if (high <= from || low >= to) {
      path.add(rangeHash(low, high));
    } else if (low < from || high > to) {
      long middle = low + Merkle.split(high - low);
      addBeside(from, to, low, middle, path);
      addBeside(from, to, middle, high, path);
    }
  }

  /** Hash of leaves {@code from..to-1}, a range that the tree's shape has as a node. */
  Hash rangeHash(long from, long to) {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      int height = Long.numberOfTrailingZeros(count);
      return subtree(height, from >>> height);
    }
    long middle = from + Merkle.split(count);
    return hash.nodeHash(rangeHash(from, middle), rangeHash(middle, to));
  }

  /** Root of a complete subtree of {@code 2^height} leaves. */
  private Hash subtree(int height, long index) {
    int level = height / HEIGHT;
    int within = height % HEIGHT;
    long number = index >>> (HEIGHT - within);
    long start = (index << within) % Tile.WIDTH;
    byte[] tile = tile(level, number);
    return Hash.of(hasher.complete(tile, (int) start, 1 << within));
  }

  private byte[] tile(int level, long number) {
    long hashes = size >>> HEIGHT * level;
    int width = (int) Math.min(Tile.WIDTH, hashes - number * Tile.WIDTH);
    return tiles.computeIfAbsent(level + "/" + number, name -> files.read(level, number, width));
  }
}
