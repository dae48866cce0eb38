// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MerkleTest {

  /** Public conformance vectors, beside the checkout where they are available. */
  private static final Path VECTORS =
      Path.of("..", "..", "shared", "fixtures", "merkle", "testdata");

  /** The leaves of RFC 6962's reference implementation, and its root after each. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @TempDir private Path folder;

  @Test
  void hasTheRootsOfTheReferenceTree() {
    TreeEdge edge = new TreeEdge(TreeHash.SHA_256);
    assertThat(edge.root().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int i = 0; i < LEAVES.size(); i++) {
      edge.append(Merkle.leafHash(HexFormat.of().parseHex(LEAVES.get(i))).bytes(), 0);

      assertThat(edge.root().hex()).isEqualTo(ROOTS.get(i));
    }
  }

  @TestFactory
  Stream<DynamicTest> agreesWithEveryPublicVector() throws IOException {
    if (!Files.isDirectory(VECTORS)) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "vectors are not beside the checkout", () -> assumeTrue(false, "no " + VECTORS)));
    }
    try (Stream<Path> files = Files.walk(VECTORS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      VECTORS.relativize(file).toString(),
                      () -> assertThat(holds(file)).isEqualTo(expected(file))));
    }
  }

  /** Proofs about the empty tree are refused, whatever the vector says. */
  private static boolean expected(Path file) {
    JsonNode vector = json(file);
    boolean empty = vector.has("size1") && vector.get("size1").asLong() == 0;
    return !vector.get("wantErr").asBoolean() && !empty;
  }

  private static boolean holds(Path file) {
    JsonNode vector = json(file);
    if (vector.has("leafIdx")
        && (vector.get("leafHash").asString().isEmpty()
            || vector.get("root").asString().isEmpty())) {
      // An absent hash cannot even be written down as one.
      return false;
    }
    List<Hash> proof = new ArrayList<>();
    vector.get("proof").forEach(hash -> proof.add(hash(hash)));
    return vector.has("leafIdx")
        ? Merkle.verifyInclusion(
            Long.parseUnsignedLong(vector.get("leafIdx").asString()),
            Long.parseUnsignedLong(vector.get("treeSize").asString()),
            hash(vector.get("leafHash")),
            proof,
            hash(vector.get("root")))
        : Merkle.verifyConsistency(
            Long.parseUnsignedLong(vector.get("size1").asString()),
            Long.parseUnsignedLong(vector.get("size2").asString()),
            hash(vector.get("root1")),
            hash(vector.get("root2")),
            proof);
  }

  private static Hash hash(JsonNode base64) {
    byte[] bytes = Base64.getDecoder().decode(base64.asString());
    // Some vectors use short text for a root that is only compared: stand in for it.
    return bytes.length == Hash.BYTES ? Hash.of(bytes) : Merkle.leafHash(bytes);
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @RandomizedTest(iterations = 5)
  void agreesWithTheDefinitionForAnySize(RandomGenerator random) throws IOException {
    for (TreeHash hash : TreeHash.values()) {
      agreesWithTheDefinition(hash, random);
    }
  }

  private void agreesWithTheDefinition(TreeHash hash, RandomGenerator random) throws IOException {
    int size = 1 + random.nextInt(random.nextBoolean() ? 70 : 1500);
    List<Hash> leaves = new ArrayList<>();
    TreeEdge edge = new TreeEdge(hash);
    TileFiles tiles = new TileFiles(new LogFolder(folder), hash, Disk.REAL);
    for (int i = 0; i < size; i++) {
      byte[] leaf = ("leaf " + i + random.nextLong()).getBytes(StandardCharsets.UTF_8);
      leaves.add(hash.leafHash(leaf));
      edge.append(leaves.getLast().bytes(), 0);
    }
    while (!edge.filled().isEmpty()) {
      tiles.writeFull(edge.filled().remove());
    }
    tiles.writePartials(edge.partials());
    TiledTree tree = new TiledTree(tiles, size);
    Hash root = naiveRoot(hash, leaves);

    assertThat(edge.root()).isEqualTo(root);
    assertThat(tree.root()).isEqualTo(root);
    for (int i = 0; i < 20; i++) {
      int leaf = random.nextInt(size);
      List<Hash> path = tree.inclusion(leaf);
      assertThat(Merkle.verifyInclusion(hash, leaf, size, leaves.get(leaf), path, root)).isTrue();
      assertThat(
              Merkle.verifyInclusion(
                  hash,
                  leaf,
                  size + 1,
                  leaves.get(leaf),
                  path,
                  naiveRoot(hash, leaves.subList(0, leaf))))
          .isFalse();
      assertThat(path).hasSizeLessThanOrEqualTo(64 - Long.numberOfLeadingZeros(size));
      int smaller = 1 + random.nextInt(size);
      Hash before = naiveRoot(hash, leaves.subList(0, smaller));
      List<Hash> proof = tree.consistency(smaller);
      assertThat(Merkle.verifyConsistency(hash, smaller, size, before, root, proof)).isTrue();
      if (smaller > 1) {
        assertThat(Merkle.verifyConsistency(hash, smaller - 1, size, before, root, proof))
            .isFalse();
      }
    }
  }

  @RandomizedTest(iterations = 5)
  void continuesFromASnapshotOfTheEdge(RandomGenerator random) {
    int size = random.nextInt(70_000);
    TreeHash tree = TreeHash.values()[random.nextInt(2)];
    TreeEdge whole = new TreeEdge(tree);
    TreeEdge continued = new TreeEdge(tree);
    int cut = random.nextInt(size + 1);
    byte[] hash = new byte[Hash.BYTES];
    for (int i = 0; i < size; i++) {
      if (i == cut) {
        continued = TreeEdge.decode(tree, ByteBuffer.wrap(whole.encode()));
      }
      random.nextBytes(hash);
      whole.append(hash, 0);
      if (i >= cut) {
        continued.append(hash, 0);
      }
    }

    assertThat(cut == size ? whole.root() : continued.root()).isEqualTo(whole.root());
  }

  /** RFC 6962 section 2.1, word by word. */
  private static Hash naiveRoot(TreeHash hash, List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return hash.emptyRoot();
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = 1;
    while (2 * k < leaves.size()) {
      k *= 2;
    }
    return hash.nodeHash(
        naiveRoot(hash, leaves.subList(0, k)), naiveRoot(hash, leaves.subList(k, leaves.size())));
  }
}
