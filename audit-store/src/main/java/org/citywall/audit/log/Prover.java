// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Makes proofs from stored tiles and records. Safe for use by several threads. */
final class Prover {

  private final Segments segments;
  private final OpenedKeys keys;
  private final List<TileFiles> trees;

  Prover(Segments segments, OpenedKeys keys, List<TileFiles> trees) {
    this.segments = segments;
    this.keys = keys;
    this.trees = List.copyOf(trees);
  }

  EntryProof prove(long leaf, long size, TreeHash hash, Optional<Checkpoint> last) {
    if (leaf < 0 || leaf >= size) {
      throw outOfRange("leaf " + leaf);
    }
    Checkpoint checkpoint =
        last.filter(signed -> leaf < signed.size())
            .orElseThrow(
                () ->
                    new PlatformException(
                        AuditErrorCode.PROOF_UNAVAILABLE, "leaf " + leaf + " in " + hash));
    StoredRecord stored = segments.read(leaf, 1, leaf + 1).getFirst();
    List<Hash> path = new TiledTree(tiles(hash), checkpoint.size()).inclusion(leaf);
    Hash leafHash = hash.leafHash(stored.envelope());
    if (!Merkle.verifyInclusion(hash, leaf, checkpoint.size(), leafHash, path, checkpoint.root())) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "leaf " + leaf + " is not in the signed tree");
    }
    Optional<StoredRecord.Content> content =
        stored.key() == 0 || keys.canOpen() ? stored.checkedContent(keys) : Optional.empty();
    return content
        .map(
            open ->
                new EntryProof(
                    leaf, stored.envelope(), open.salt(), open.payload(), path, checkpoint))
        .orElseGet(() -> EntryProof.withoutPayload(leaf, stored.envelope(), path, checkpoint));
  }

  /** See {@link StoredLog#stored(long)}. */
  StoredEntry stored(long leaf, long size) {
    if (leaf < 0 || leaf >= size) {
      throw outOfRange("leaf " + leaf);
    }
    return StoredEntry.of(segments.read(leaf, 1, leaf + 1).getFirst(), keys);
  }

  /** See {@link StoredLog#sharedPath}. */
  List<Hash> sharedPath(
      NavigableSet<Long> leaves, TreeHash hash, long size, Optional<Checkpoint> last) {
    if (leaves.isEmpty() || leaves.first() < 0 || leaves.last() >= size) {
      throw outOfRange("leaves " + leaves.size() + " of " + size);
    }
    if (last.map(Checkpoint::size).orElse(0L) < size) {
      throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "tree of size " + size);
    }
    TiledTree tree = new TiledTree(tiles(hash), size);
    return SharedPath.of(size, leaves, tree::rangeHash);
  }

  private TileFiles tiles(TreeHash hash) {
    return trees.stream().filter(tiles -> tiles.hash() == hash).findFirst().orElseThrow();
  }

  /** See {@link StoredLog#tile}. */
  byte[] tile(int level, long number, int width, Optional<Checkpoint> last) {
    long size = last.map(Checkpoint::size).orElse(0L);
    long hashes = level < 0 || level >= Long.BYTES ? 0 : size >>> 8 * level;
    // What follows the tile's start decides how wide the tile is in this tree.
    long there = number < 0 || number > hashes / Tile.WIDTH ? 0 : hashes - number * Tile.WIDTH;
    if (width < 1 || width > Math.min(there, Tile.WIDTH)) {
      throw outOfRange("tile " + level + '/' + number + " of width " + width);
    }
    return Arrays.copyOf(
        tiles(TreeHash.SHA_256).read(level, number, (int) Math.min(there, Tile.WIDTH)),
        width * Hash.BYTES);
  }

  /** See {@link StoredLog#consistency}. */
  List<Hash> consistency(long smaller, long larger, Optional<Checkpoint> last) {
    requireCovered(smaller, larger, last);
    return smaller == 0 || smaller == larger
        ? List.of()
        : new TiledTree(tiles(TreeHash.SHA_256), larger).consistency(smaller);
  }

  /** See {@link StoredLog#rangePath}. */
  List<Hash> range(long from, long to, long size, Optional<Checkpoint> last) {
    requireCovered(from, to, last);
    requireCovered(to, size, last);
    return from == to ? List.of() : new TiledTree(tiles(TreeHash.SHA_256), size).range(from, to);
  }

  private static void requireCovered(long smaller, long larger, Optional<Checkpoint> last) {
    if (smaller < 0 || smaller > larger) {
      throw outOfRange("from " + smaller + " to " + larger);
    }
    if (last.map(Checkpoint::size).orElse(0L) < larger) {
      throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "tree of size " + larger);
    }
  }

  private static PlatformException outOfRange(String what) {
    return new PlatformException(AuditErrorCode.LEAF_OUT_OF_RANGE, what);
  }
}
