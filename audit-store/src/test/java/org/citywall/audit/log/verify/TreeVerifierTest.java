// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TestLogs;
import org.citywall.audit.log.TreeHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeVerifierTest {

  @TempDir private Path dataDir;
  private Path log;
  private Checkpoint last;

  @BeforeEach
  void writeLog() throws IOException {
    TestLogs.write(dataDir);
    log = dataDir.resolve("log");
    last = Checkpoint.parse(Files.readString(log.resolve("tlog/checkpoint")));
  }

  private List<Finding> verify(Checkpoint... checkpoints) {
    Map<String, Checkpoint> named = new TreeMap<>();
    for (Checkpoint checkpoint : checkpoints) {
      named.put("checkpoint " + named.size(), checkpoint);
    }
    return new TreeVerifier(log, TreeHash.SHA_256).verify(named, Progress.SILENT);
  }

  @Test
  void findsNothingInAWholeTree() {
    assertThat(verify(last)).isEmpty();
  }

  @Test
  void findsEveryChangedTile() throws IOException {
    List<Path> tiles;
    try (Stream<Path> files = Files.walk(log.resolve("tlog/tile"))) {
      tiles = files.filter(Files::isRegularFile).toList();
    }
    assertThat(tiles).hasSizeGreaterThan(2);
    for (Path tile : tiles) {
      byte[] bytes = Files.readAllBytes(tile);
      byte[] changed = bytes.clone();
      changed[changed.length / 2] = (byte) (changed[changed.length / 2] ^ 1);
      Files.write(tile, changed);

      assertThat(verify(last))
          .as(tile.toString())
          .anySatisfy(finding -> assertThat(finding).isInstanceOf(Finding.Altered.class));
      Files.write(tile, bytes);
    }
  }

  @Test
  void findsAMissingTile() throws IOException {
    Files.delete(log.resolve("tlog/tile/0/000"));

    assertThat(verify(last)).first().isInstanceOf(Finding.Missing.class);
  }

  @Test
  void findsTwoRootsOfOneSize() {
    Checkpoint other =
        new Checkpoint(last.origin(), last.size(), Hash.sha256(new byte[1]), last.note());

    assertThat(verify(last, other))
        .singleElement()
        .satisfies(finding -> assertThat(finding.explanation()).contains("two roots"));
  }
}
