// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedTreeTest {

  @TempDir private Path dataDir;
  private PublishedTree tree;
  private Checkpoint last;

  @BeforeEach
  void writeLog() {
    TestLogs.write(dataDir);
    tree = PublishedTree.ofData(dataDir, TreeHash.SHA_256);
    last = tree.checkpoint(size -> TestKeys.SIGNER.verifierKey()).orElseThrow();
  }

  private Checkpoint signed(long size, Hash root) {
    return TestKeys.SIGNER.checkpoint(size, root, TestEvents.TIME);
  }

  @Test
  void hasTheSignedRoot() {
    assertThat(last.size()).isEqualTo(351);
    assertThat(tree.root(351)).isEqualTo(last.root());
  }

  @Test
  void provesEverySmallerTreeAPrefix() {
    for (long size = 0; size <= 351; size += 13) {
      Checkpoint smaller = signed(size, prefix(size));

      assertThat(tree.continues(smaller, last)).as("size %d", size).isTrue();
    }
  }

  /** Root of the first leaves, folded from the leaf hashes one by one. */
  private Hash prefix(long size) {
    List<Hash> level =
        LongStream.range(0, size)
            .mapToObj(
                leaf ->
                    new TiledTree(new TileFiles(tile(), TreeHash.SHA_256, Disk.REAL), 351)
                        .leafHash(leaf))
            .toList();
    return fold(level);
  }

  private static Hash fold(List<Hash> hashes) {
    if (hashes.size() < 2) {
      return hashes.isEmpty() ? Merkle.EMPTY_ROOT : hashes.getFirst();
    }
    int split = (int) Merkle.split(hashes.size());
    return Merkle.nodeHash(
        fold(hashes.subList(0, split)), fold(hashes.subList(split, hashes.size())));
  }

  private Path tile() {
    return tree.folder().resolve("tile");
  }

  @Test
  void doesNotContinueAnotherTree() {
    Hash other = Hash.sha256(new byte[1]);

    assertThat(tree.continues(signed(100, other), last)).isFalse();
    assertThat(tree.continues(signed(0, other), last)).isFalse();
    assertThat(tree.continues(signed(351, other), last)).isFalse();
    assertThat(tree.continues(signed(352, last.root()), last)).isFalse();
  }

  @Test
  void provesInclusionOfEveryLeaf() {
    for (long leaf = 0; leaf < 351; leaf += 50) {
      Hash hash =
          new TiledTree(new TileFiles(tile(), TreeHash.SHA_256, Disk.REAL), 351).leafHash(leaf);

      assertThat(Merkle.verifyInclusion(leaf, 351, hash, tree.inclusion(leaf, 351), last.root()))
          .isTrue();
    }
  }

  @Test
  void namesTheTileThatIsMissing() throws IOException {
    Files.delete(tile().resolve("0/001.p/95"));

    EvidenceLogContract.assertRefused(AuditErrorCode.LOG_CORRUPT, () -> tree.root(351));
  }

  @Test
  void trustsNoCheckpointByAnotherKey() {
    EvidenceLogContract.assertRefused(
        AuditErrorCode.NOTE_UNTRUSTED,
        () -> tree.checkpoint(size -> TestKeys.signer("test.example/log").verifierKey()));
  }
}
