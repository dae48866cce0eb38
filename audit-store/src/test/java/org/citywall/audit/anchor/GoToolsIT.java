// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.bundle.EvidenceBundle;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.TreeVerifier;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our notes, cosignatures and tiles under the eyes of golang.org/x/mod/sumdb as Debian packages it
 * (golang-go, golang-golang-x-mod-dev), and the other way round.
 */
class GoToolsIT {

  private static final Path PACKAGES = Path.of("/usr/share/gocode");
  private static final Path SOURCE = Path.of("src/test/resources/go/tlogtool.go").toAbsolutePath();

  @TempDir private static Path shared;
  private static Path tool;

  @TempDir private Path folder;

  @BeforeAll
  static void build() {
    assumeTrue(ForeignTool.exists("go", "version"), "needs Go (golang-go)");
    assumeTrue(
        Files.isDirectory(PACKAGES.resolve("src/golang.org/x/mod/sumdb/tlog")),
        "needs golang-golang-x-mod-dev");
    tool = shared.resolve("tlogtool");
    ForeignTool.Result built =
        ForeignTool.run(
            shared,
            Map.of(
                "GO111MODULE",
                "off",
                "GOPATH",
                PACKAGES.toString(),
                "GOCACHE",
                shared.resolve("cache").toString(),
                "GOFLAGS",
                ""),
            List.of("go", "build", "-o", tool.toString(), SOURCE.toString()));
    assertThat(built.exitCode()).as(built.output()).isZero();
  }

  private ForeignTool.Result run(String... words) {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(words));
    return ForeignTool.run(folder, Map.of(), command);
  }

  private List<String> cosignedNotes(AnchorRig rig) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : rig.store().names()) {
      Path file = folder.resolve(name);
      Files.write(file, rig.store().read(name, "checkpoint").orElseThrow());
      Files.writeString(
          file,
          Files.readString(file)
              + new String(
                  rig.store()
                      .read(name, AnchorStore.cosignatureFile(rig.police().key()))
                      .orElseThrow(),
                  UTF_8));
      files.add(file.toString());
    }
    return files;
  }

  @Test
  void believeOurNotesCosignaturesAndTiles() throws IOException {
    try (AnchorRig rig = new AnchorRig(folder.resolve("rig"))) {
      rig.log().append(255);
      rig.hour();
      rig.log().append(300);
      rig.hour();
      rig.log().append(1000);
      rig.hour();
      List<String> words = new ArrayList<>(List.of("verify"));
      words.add(rig.log().dataDir().resolve("log/tlog").toString());
      words.add(rig.log().key().toString());
      words.add(rig.police().key().toString());
      words.addAll(cosignedNotes(rig));

      ForeignTool.Result result = run(words.toArray(String[]::new));

      assertThat(result.output()).isEqualTo("ok 1587\n");
      assertThat(result.exitCode()).isZero();

      Path note = Path.of(words.getLast());
      Files.writeString(note, Files.readString(note).replace("\n1587\n", "\n1586\n"));
      assertThat(run(words.toArray(String[]::new)).exitCode()).isEqualTo(1);
    }
  }

  @Test
  void believeOurProofFiles() throws IOException {
    try (AnchoredLog log =
        new AnchoredLog(folder.resolve("data"), MutableClock.at(AnchoredLog.START))) {
      log.append(600);
      log.log().signCheckpoint();
      for (long leaf : new long[] {0, 255, 256, 599}) {
        String text = EntryProofs.toText(log.log().prove(leaf));
        Path file = Files.writeString(folder.resolve("entry-" + leaf + ".tlog-proof"), text);

        assertThat(run("proof", log.key().toString(), file.toString()).output())
            .isEqualTo("ok " + leaf + " of 600\n");

        Files.writeString(file, text.replace("\nindex " + leaf, "\nindex " + (leaf + 1)));
        assertThat(run("proof", log.key().toString(), file.toString()).exitCode()).isEqualTo(1);
      }
    }
  }

  @Test
  void believeOurEvidenceBundles() throws IOException {
    Path bundle = Path.of("src/test/resources/golden/evidence-bundle-v1.zip").toAbsolutePath();
    String key = EvidenceBundle.read(bundle).manifest().keys().key(TreeHash.SHA_256).toString();

    assertThat(run("bundle", key, bundle.toString()).output())
        .isEqualTo("ok 6 of 301 disclosed 3\n");

    String text = Files.readString(bundle, ISO_8859_1);
    Path swapped = folder.resolve("swapped.zip");
    Files.writeString(swapped, text.replace("\"leaf\":150", "\"leaf\":151"), ISO_8859_1);
    assertThat(run("bundle", key, swapped.toString()).exitCode()).isEqualTo(1);
  }

  private Path goLog() {
    return folder.resolve("go").resolve("tlog");
  }

  private VerifierKey write(String... sizes) {
    List<String> words = new ArrayList<>(List.of("write", goLog().toString(), "go.example/log"));
    words.addAll(List.of(sizes));
    ForeignTool.Result result = run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
    return VerifierKey.parse(result.output().strip());
  }

  private Checkpoint checkpoint(VerifierKey key, String size) throws IOException {
    return Checkpoint.verified(Files.readString(goLog().resolve("checkpoint-" + size)), key);
  }

  @Test
  void writeATreeThatWeVerify() throws IOException {
    VerifierKey key = write("1", "255", "256", "257", "70000");
    PublishedTree tree = new PublishedTree(goLog(), TreeHash.SHA_256);
    Checkpoint last = tree.checkpoint(size -> key).orElseThrow();
    Map<String, Checkpoint> all = new TreeMap<>();
    for (String size : List.of("1", "255", "256", "257", "70000")) {
      all.put(size, checkpoint(key, size));
      assertThat(tree.continues(all.get(size), last)).as(size).isTrue();
    }

    assertThat(last.size()).isEqualTo(70_000);
    assertThat(tree.root(last.size())).isEqualTo(last.root());
    assertThat(new TreeVerifier(goLog().getParent(), TreeHash.SHA_256).verify(all, Progress.SILENT))
        .isEmpty();
    assertThat(
            Merkle.verifyInclusion(
                4711,
                last.size(),
                Merkle.leafHash("record 4711".getBytes(UTF_8)),
                tree.inclusion(4711, last.size()),
                last.root()))
        .isTrue();

    Path tile = goLog().resolve("tile/0/018");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[1] = (byte) (bytes[1] ^ 1);
    Files.write(tile, bytes);
    assertThat(new TreeVerifier(goLog().getParent(), TreeHash.SHA_256).verify(all, Progress.SILENT))
        .isNotEmpty();
  }

  @Test
  void writeALogThatOurWitnessCosigns() throws IOException {
    VerifierKey key = write("100", "1000");
    PublishedTree tree = new PublishedTree(goLog(), TreeHash.SHA_256);
    VaultInMemory vault = new VaultInMemory();
    MutableClock clock = MutableClock.at(AnchoredLog.START);
    Path home = folder.resolve("witness");
    Witness.make(home, "police.example/w", vault, new SecureRandom());
    try (Witness witness = Witness.open(home, vault, List.of(key), clock)) {
      Checkpoint first = checkpoint(key, "100");
      Checkpoint second = checkpoint(key, "1000");

      witness.add(new WitnessRequest(0, List.of(), first).toString());
      String answer =
          AnchorExchange.answer(
              witness, new WitnessRequest(100, tree.consistency(100, 1000), second).toString());

      assertThat(witness.key().cosignedAt(SignedNote.parse(answer))).contains(clock.instant());
      Path note = Files.writeString(folder.resolve("cosigned"), answer);
      assertThat(
              run(
                      "verify",
                      goLog().toString(),
                      key.toString(),
                      witness.key().toString(),
                      note.toString())
                  .output())
          .isEqualTo("ok 1000\n");
    }
  }
}
