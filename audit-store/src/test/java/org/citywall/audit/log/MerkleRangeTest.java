// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MerkleRangeTest {

  private static final int SIZE = 700;

  @TempDir private Path folder;

  private TiledTree tree(int size) throws Exception {
    TileFiles files =
        new TileFiles(new LogFolder(folder.resolve("log" + size)), TreeHash.SHA_256, Disk.REAL);
    TreeEdge edge = new TreeEdge(TreeHash.SHA_256);
    for (Hash leaf : leaves(0, size)) {
      edge.append(leaf.bytes(), 0);
    }
    for (Tile tile = edge.filled().poll(); tile != null; tile = edge.filled().poll()) {
      files.writeFull(tile);
    }
    files.writePartials(edge.partials());
    return new TiledTree(files, size);
  }

  private static List<Hash> leaves(int from, int to) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = from; i < to; i++) {
      leaves.add(Merkle.leafHash(new byte[] {(byte) i, (byte) (i >> 8)}));
    }
    return leaves;
  }

  @Test
  void provesEveryRangeOfSmallTrees() throws Exception {
    for (int size = 1; size <= 20; size++) {
      TiledTree tree = tree(size);
      for (int from = 0; from < size; from++) {
        for (int to = from + 1; to <= size; to++) {
          assertThat(
                  MerkleRange.verify(
                      from, leaves(from, to), size, tree.range(from, to), tree.root()))
              .isTrue();
        }
      }
    }
  }

  @RandomizedTest(iterations = 5)
  void refusesAnyOtherLeafPathPlaceOrSize(RandomGenerator random) throws Exception {
    TiledTree tree = tree(SIZE);
    int from = random.nextInt(SIZE - 1);
    int to = from + 1 + random.nextInt(Math.min(SIZE - from, 300));
    List<Hash> leaves = leaves(from, to);
    List<Hash> path = tree.range(from, to);
    Hash root = tree.root();

    assertThat(MerkleRange.verify(from, leaves, SIZE, path, root)).isTrue();
    for (int i = 0; i < leaves.size(); i += 1 + leaves.size() / 7) {
      assertThat(MerkleRange.verify(from, changed(leaves, i), SIZE, path, root)).isFalse();
    }
    for (int i = 0; i < path.size(); i++) {
      List<Hash> shorter = new ArrayList<>(path);
      shorter.remove(i);
      assertThat(MerkleRange.verify(from, leaves, SIZE, changed(path, i), root)).isFalse();
      assertThat(MerkleRange.verify(from, leaves, SIZE, shorter, root)).isFalse();
    }
    List<Hash> longer = new ArrayList<>(path);
    longer.add(root);
    assertThat(MerkleRange.verify(from, leaves, SIZE, longer, root)).isFalse();
    assertThat(MerkleRange.verify(from + 1, leaves, SIZE, path, root)).isFalse();
    assertThat(MerkleRange.verify(from, leaves, to - 1, path, root)).isFalse();
    assertThat(MerkleRange.verify(from, leaves, SIZE, path, leaves.getFirst())).isFalse();
  }

  @Test
  void refusesWhatIsNoRange() throws Exception {
    TiledTree tree = tree(3);

    assertThat(MerkleRange.verify(0, List.of(), 3, List.of(), tree.root())).isFalse();
    assertThat(MerkleRange.verify(-1, leaves(0, 1), 3, tree.range(0, 1), tree.root())).isFalse();
    assertThat(MerkleRange.verify(Long.MAX_VALUE, leaves(0, 1), 3, List.of(), tree.root()))
        .isFalse();
    assertThat(MerkleRange.verify(0, leaves(0, 4), 3, List.of(), tree.root())).isFalse();
  }

  @Test
  void givesTheInclusionProofOfOneLeaf() throws Exception {
    for (int size : new int[] {1, 2, 3, 7, 8, 255, 256, 257, SIZE}) {
      TiledTree tree = tree(size);
      for (int leaf = 0; leaf < size; leaf += 1 + size / 50) {
        assertThat(MerkleRange.inclusion(leaf, size, tree.range(leaf, leaf + 1)))
            .isEqualTo(tree.inclusion(leaf));
      }
    }
  }

  private static List<Hash> changed(List<Hash> hashes, int at) {
    List<Hash> changed = new ArrayList<>(hashes);
    byte[] bytes = changed.get(at).bytes();
    bytes[at % Hash.BYTES] = (byte) (bytes[at % Hash.BYTES] ^ 1);
    changed.set(at, Hash.of(bytes));
    return changed;
  }
}
