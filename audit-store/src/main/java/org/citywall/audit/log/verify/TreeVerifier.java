// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.citywall.audit.log.Checkpoint;

/**
 * Verifies a published tree (C2SP tlog-tiles) from its leaf hashes up, whoever wrote it: every tile
 * that the largest of the given checkpoints needs, and the root of each of them. Records and
 * signatures are not read.
 */
public final class TreeVerifier {

  private final Path root;

  /**
   * @param root folder that holds {@code tlog/tile}
   */
  public TreeVerifier(Path root) {
    this.root = root;
  }

  /**
   * What is wrong with the tiles; empty where nothing is.
   *
   * @param checkpoints in any order, by the name under which a finding mentions them
   */
  public List<Finding> verify(Map<String, Checkpoint> checkpoints, Progress progress) {
    Findings findings = new Findings();
    List<CheckpointWalk.Signed> signed = new ArrayList<>();
    checkpoints.forEach(
        (where, checkpoint) ->
            signed.add(new CheckpointWalk.Signed(checkpoint.size(), checkpoint.root(), where)));
    signed.sort(Comparator.comparingLong(CheckpointWalk.Signed::size));
    long size = signed.isEmpty() ? 0 : signed.getLast().size();
    walk(size, distinct(signed, findings), findings, progress);
    return List.copyOf(findings.kept());
  }

  /** One of each size: {@link RootCheck} wants rising sizes. */
  private static List<CheckpointWalk.Signed> distinct(
      List<CheckpointWalk.Signed> signed, Findings findings) {
    List<CheckpointWalk.Signed> rising = new ArrayList<>();
    for (CheckpointWalk.Signed next : signed) {
      CheckpointWalk.Signed last = rising.isEmpty() ? null : rising.getLast();
      if (last == null || last.size() != next.size()) {
        rising.add(next);
      } else if (!last.root().equals(next.root())) {
        findings.altered(next.where(), -1, -1, "two roots were signed for size " + next.size());
      }
    }
    return rising;
  }

  private void walk(
      long size, List<CheckpointWalk.Signed> signed, Findings findings, Progress progress) {
    TileCheck tiles = new TileCheck(root, size, findings);
    RootCheck roots = new RootCheck(signed, findings);
    TreeFold tree = new TreeFold(tiles);
    LeafHashes hashes = new LeafHashes(root, size);
    for (long leaf = 0; leaf < size; leaf++) {
      roots.at(tree);
      byte[] hash = hashes.at(leaf);
      if (hash == null) {
        findings.missing("tlog/tile", leaf, -1, "the tile of this leaf is missing or cut short");
        return;
      }
      tree.append(hash);
      if ((leaf & 0xFFFF) == 0) {
        progress.at(leaf, size);
      }
    }
    roots.at(tree);
    tiles.finish();
  }
}
