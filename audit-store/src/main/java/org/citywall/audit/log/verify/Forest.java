// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a log, grown leaf by leaf and compared with what was signed and stored of them. Used
 * by one thread.
 */
final class Forest {

  /**
   * What is known of trees that do not start empty.
   *
   * @param edges of each tree, in the order of the trees
   * @param differing trees whose roots are known to differ from what was signed
   */
  record Grown(long size, List<TileCheck.Edge> edges, Set<TreeHash> differing) {

    Grown {
      edges = List.copyOf(edges);
      differing = Set.copyOf(differing);
    }

    static Grown none(List<TreeHash> trees) {
      return new Grown(0, trees.stream().map(tree -> TileCheck.Edge.EMPTY).toList(), Set.of());
    }
  }

  private final List<TreeHash> hashes;
  private final List<TreeFold> folds = new ArrayList<>();
  private final List<TileCheck> tiles = new ArrayList<>();
  private final RootCheck roots;
  private final byte[] borrowed;
  private long size;

  Forest(Path root, List<TreeHash> hashes, long signedSize, Findings findings) throws IOException {
    this(root, hashes, signedSize, findings, null, Grown.none(hashes));
  }

  /**
   * @param mark the moment to begin with, or null for the first
   */
  Forest(
      Path root,
      List<TreeHash> hashes,
      long signedSize,
      Findings findings,
      @Nullable Mark mark,
      Grown grown)
      throws IOException {
    this.hashes = hashes;
    this.roots = new RootCheck(root, findings, mark, grown.differing());
    this.borrowed = new byte[hashes.size() * Hash.BYTES];
    this.size = grown.size();
    for (TreeHash hash : hashes) {
      TileCheck.Edge edge = grown.edges().get(tiles.size());
      TileCheck tile = new TileCheck(root, hash, signedSize, findings, size, edge);
      TreeFold fold = new TreeFold(hash, tile, size, edge);
      tiles.add(tile);
      folds.add(fold);
      roots.watch(hash, fold);
    }
  }

  List<TreeHash> hashes() {
    return hashes;
  }

  /** Appends a leaf by its hashes, in the order of the trees. */
  void append(byte[] leafHashes) throws IOException {
    if (!roots.givenUp()) {
      roots.at(size);
      for (int i = 0; i < folds.size(); i++) {
        folds.get(i).append(leafHashes, i * Hash.BYTES);
      }
    }
    size++;
  }

  /** Appends this leaf as the tiles have it; where they do not, nothing more can be known. */
  void appendStored(long leaf) throws IOException {
    for (int i = 0; i < tiles.size() && !roots.givenUp(); i++) {
      byte @Nullable [] hash = tiles.get(i).leafHash(leaf);
      if (hash == null) {
        roots.giveUp();
      } else {
        System.arraycopy(hash, 0, borrowed, i * Hash.BYTES, Hash.BYTES);
      }
    }
    append(borrowed);
  }

  /** What whoever goes on has to know; only where the trees are whole. */
  Grown grown() {
    return new Grown(size, tiles.stream().map(TileCheck::edge).toList(), roots.reported());
  }

  /** Whether the trees are known from the first leaf to the last. */
  boolean isWhole() {
    return !roots.givenUp();
  }

  /** Compares what is left to compare; call it when every leaf was appended. */
  void finish() throws IOException {
    roots.at(size);
    if (!roots.givenUp()) {
      tiles.forEach(TileCheck::finish);
    }
  }
}
