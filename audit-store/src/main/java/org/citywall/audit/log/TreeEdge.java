// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: the incomplete tile of each level, which is all that is needed
 * to append leaves and to know the root. Used by one thread.
 */
final class TreeEdge {

  private final TreeHash hash;
  private final TreeHasher hasher;
  private final List<byte[]> levels = new ArrayList<>();
  private final Deque<Tile> filled = new ArrayDeque<>();
  private long size;

  TreeEdge(TreeHash hash) {
    this.hash = hash;
    this.hasher = hash.hasher();
  }

  long size() {
    return size;
  }

  /** Full tiles that came about and wait to be stored, oldest first. */
  Deque<Tile> filled() {
    return filled;
  }

  void append(byte[] hashes, int at) {
    put(0, hashes, at, size);
    size++;
  }

  private void put(int level, byte[] hashes, int at, long index) {
    if (level == levels.size()) {
      levels.add(new byte[Tile.WIDTH * Hash.BYTES]);
    }
    byte[] tile = levels.get(level);
    int place = (int) (index % Tile.WIDTH);
    System.arraycopy(hashes, at, tile, place * Hash.BYTES, Hash.BYTES);
    if (place == Tile.WIDTH - 1) {
      long number = index / Tile.WIDTH;
      filled.add(new Tile(level, number, Tile.WIDTH, tile.clone()));
      put(level + 1, hasher.complete(tile, 0, Tile.WIDTH), 0, number);
    }
  }

  /** Incomplete tiles from level 0 upwards; the arrays are the edge's own. */
  List<Tile> partials() {
    List<Tile> partials = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      long index = size >>> 8 * level;
      int width = (int) (index % Tile.WIDTH);
      if (width > 0) {
        partials.add(new Tile(level, index / Tile.WIDTH, width, levels.get(level)));
      }
    }
    return partials;
  }

  /** The incomplete tile of a level, which has at least one hash. */
  Tile incomplete(int level) {
    return partials().stream().filter(tile -> tile.level() == level).findFirst().orElseThrow();
  }

  Hash root() {
    byte[] root = null;
    for (Tile tile : partials()) {
      int width = tile.width();
      for (int count = 1; count <= width; count *= 2) {
        if ((width & count) != 0) {
          int first = width & -(2 * count);
          root = join(hasher.complete(tile.hashes(), first, count), root);
        }
      }
    }
    return root == null ? hash.emptyRoot() : Hash.of(root);
  }

  private byte[] join(byte[] left, byte @Nullable [] right) {
    if (right != null) {
      hasher.node(left, right, left);
    }
    return left;
  }

  /** Bytes from which {@link #decode} makes the same edge. */
  byte[] encode() {
    List<Tile> partials = partials();
    int hashes = partials.stream().mapToInt(Tile::width).sum();
    ByteBuffer out = ByteBuffer.allocate(8 + hashes * Hash.BYTES).putLong(size);
    for (Tile tile : partials) {
      out.put(tile.hashes(), 0, tile.width() * Hash.BYTES);
    }
    return out.array();
  }

  static TreeEdge decode(TreeHash hash, ByteBuffer in) {
    TreeEdge edge = new TreeEdge(hash);
    edge.size = in.getLong();
    for (int level = 0; edge.size >>> 8 * level != 0; level++) {
      byte[] tile = new byte[Tile.WIDTH * Hash.BYTES];
      in.get(tile, 0, (int) ((edge.size >>> 8 * level) % Tile.WIDTH) * Hash.BYTES);
      edge.levels.add(tile);
      if (level == 7) {
        break;
      }
    }
    return edge;
  }
}
