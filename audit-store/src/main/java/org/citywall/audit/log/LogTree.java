// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** One of the trees of a log that is written: its right edge and its tiles. Used by one thread. */
record LogTree(TreeEdge edge, TileFiles tiles) {

  TreeHash hash() {
    return tiles.hash();
  }

  /** Stores the tiles that were filled since the last call. */
  void storeFilled() throws IOException {
    for (Tile tile = edge.filled().peek(); tile != null; tile = edge.filled().peek()) {
      tiles.writeFull(tile);
      edge.filled().remove();
    }
  }

  /**
   * Whether the stored full tiles that this tree has, and a tree of a smaller size not, are its
   * own: full tiles are written without being forced, so a power cut may leave anything of them.
   */
  boolean hasItsTiles(long smaller) {
    TreeHasher hasher = hash().hasher();
    try {
      for (int level = 0; full(level) > 0; level++) {
        long parent = -1;
        byte[] nodes = new byte[0];
        for (long number = smaller >>> 8 * (level + 1); number < full(level); number++) {
          if (number / Tile.WIDTH != parent) {
            parent = number / Tile.WIDTH;
            nodes = tile(level + 1, parent);
          }
          byte[] node = hasher.complete(tile(level, number), 0, Tile.WIDTH);
          int at = (int) (number % Tile.WIDTH) * Hash.BYTES;
          if (!Arrays.equals(node, 0, Hash.BYTES, nodes, at, at + Hash.BYTES)) {
            return false;
          }
        }
      }
      return true;
    } catch (PlatformException e) {
      if (e.code() == AuditErrorCode.LOG_READ_FAILED) {
        throw e;
      }
      return false;
    }
  }

  /** Number of full tiles of a level. */
  private long full(int level) {
    return level > 6 ? 0 : edge.size() >>> 8 * (level + 1);
  }

  private byte[] tile(int level, long number) {
    return number < full(level)
        ? tiles.read(level, number, Tile.WIDTH)
        : edge.incomplete(level).hashes();
  }

  void storePartials() throws IOException {
    tiles.writePartials(edge.partials());
  }

  /** What was signed before must be a prefix of the tree as it is now, by the stored tiles. */
  void requireContinues(Checkpoint before) {
    if (before.size() == 0) {
      return;
    }
    long size = edge.size();
    List<Hash> proof = new TiledTree(tiles, size).consistency(before.size());
    if (!Merkle.verifyConsistency(hash(), before.size(), size, before.root(), edge.root(), proof)) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT,
          "the tree of size " + size + " does not continue the checkpoint of " + before.size());
    }
  }

  /**
   * Fails with {@code AUD-0013} where this checkpoint is of the tree as it is and has another root.
   */
  void requireRoot(Checkpoint signed) {
    if (edge.size() == signed.size() && !edge.root().equals(signed.root())) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT,
          "the records do not have the root that was signed at size " + signed.size());
    }
  }
}
