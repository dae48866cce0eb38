// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;
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
      throw new PlatformException(AuditErrorCode.LEAF_OUT_OF_RANGE, "leaf " + leaf);
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

  private TileFiles tiles(TreeHash hash) {
    return trees.stream().filter(tiles -> tiles.hash() == hash).findFirst().orElseThrow();
  }
}
