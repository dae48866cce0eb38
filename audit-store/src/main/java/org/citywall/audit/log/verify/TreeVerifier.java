// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a published tree (C2SP tlog-tiles) from its leaf hashes up, whoever wrote it: every tile
 * that the largest of the given checkpoints needs, and the root of each of them. Records and
 * signatures are not read.
 */
public final class TreeVerifier {

  private final Path root;
  private final TreeHash hash;

  /** A checkpoint and where it stands. */
  private record Signed(String where, Checkpoint checkpoint) {}

  /**
   * @param root folder that holds {@code tlog/tile}, or {@code sm3/tile} for the tree over SM3
   */
  public TreeVerifier(Path root, TreeHash hash) {
    this.root = root;
    this.hash = hash;
  }

  /**
   * What is wrong with the tiles; empty where nothing is.
   *
   * @param checkpoints in any order, by the name under which a finding mentions them
   */
  public List<Finding> verify(Map<String, Checkpoint> checkpoints, Progress progress) {
    Findings findings = new Findings();
    NavigableMap<Long, Signed> signed = new TreeMap<>();
    checkpoints.forEach(
        (where, checkpoint) -> {
          Signed first = signed.putIfAbsent(checkpoint.size(), new Signed(where, checkpoint));
          if (first != null && !first.checkpoint().root().equals(checkpoint.root())) {
            findings.altered(where, -1, -1, "two roots were signed for size " + checkpoint.size());
          }
        });
    walk(signed.isEmpty() ? 0 : signed.lastKey(), signed.values(), findings, progress);
    return List.copyOf(findings.kept());
  }

  private void walk(long size, Collection<Signed> rising, Findings findings, Progress progress) {
    TileCheck tiles = new TileCheck(root, hash, size, findings);
    TreeFold tree = new TreeFold(hash, tiles);
    boolean differed = false;
    for (Signed signed : rising) {
      if (!grow(tree, tiles, signed.checkpoint().size(), findings, progress)) {
        return;
      }
      if (!differed && !signed.checkpoint().root().equals(tree.root())) {
        // One explains all later ones.
        differed = true;
        findings.altered(
            signed.where(),
            -1,
            -1,
            "leaves before " + tree.size() + " do not have the root that was signed");
      }
    }
    tiles.finish();
    progress.at(size, size);
  }

  /** Whether the tiles hold every leaf up to this size. */
  private boolean grow(
      TreeFold tree, TileCheck tiles, long size, Findings findings, Progress progress) {
    while (tree.size() < size) {
      byte @Nullable [] leaf = tiles.leafHash(tree.size());
      if (leaf == null) {
        findings.missing(
            Trees.folder(hash) + "/tile",
            tree.size(),
            -1,
            "the tile of this leaf is missing or cut short");
        return false;
      }
      tree.append(leaf, 0);
      if ((tree.size() & 0xFFFF) == 0) {
        progress.at(tree.size(), size);
      }
    }
    return true;
  }
}
