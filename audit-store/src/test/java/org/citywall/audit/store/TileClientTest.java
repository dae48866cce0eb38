// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.TestEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client that knows C2SP and nothing of us can do. Its tree is computed here from the
 * specification alone.
 */
class TileClientTest {

  private static final int SIZE = 700;

  @TempDir private static Path folder;

  private static TestStore store;
  private static RawClient auditor;

  @BeforeAll
  static void start() {
    store = TestStore.startQuiet(folder);
    store.log().append(TestEvents.range("a", 1, 300));
    store.log().signCheckpoint();
    store.log().append(TestEvents.range("a", 301, SIZE));
    store.log().signCheckpoint();
    store.log().append(TestEvents.range("a", SIZE + 1, SIZE + 5));
    auditor = RawClient.of(store, TestStore.AUDITOR);
  }

  @AfterAll
  static void stop() {
    auditor.close();
    store.close();
  }

  @Test
  void checksEveryLeafAgainstTheSignedRoot() throws Exception {
    HttpResponse<byte[]> answer = auditor.get("/checkpoint");
    Checkpoint checkpoint = Checkpoint.verified(RawClient.text(answer), TestStore.key());
    List<byte[]> leaves = new ArrayList<>();
    List<byte[]> tiles = new ArrayList<>();
    for (String tile : List.of("000", "001", "002.p/" + (SIZE - 512))) {
      tiles.addAll(hashes(body("/tile/0/" + tile)));
      for (byte[] entry : bundle(body("/tile/entries/" + tile))) {
        leaves.add(sha256(new byte[] {0}, entry));
      }
    }

    assertThat(checkpoint.size()).isEqualTo(SIZE);
    assertThat(leaves).hasSize(SIZE).usingElementComparator(Arrays::compare).isEqualTo(tiles);
    assertThat(root(leaves)).isEqualTo(checkpoint.root().bytes());
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void findsTheRootsOfFullTilesAboveThem() throws Exception {
    List<byte[]> above = hashes(body("/tile/1/000.p/2"));

    assertThat(above.get(0)).isEqualTo(root(hashes(body("/tile/0/000"))));
    assertThat(above.get(1)).isEqualTo(root(hashes(body("/tile/0/001"))));
  }

  @Test
  void mayKeepTilesForEver() throws Exception {
    HttpResponse<byte[]> answer = auditor.get("/tile/0/000");

    assertThat(answer.body()).hasSize(256 * 32);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
  }

  @Test
  void getsNoTileThatTheCheckpointDoesNotCover() throws Exception {
    for (String path :
        List.of(
            "/tile/0/002.p/" + (SIZE - 512 + 1),
            "/tile/0/002",
            "/tile/0/003",
            "/tile/1/000",
            "/tile/2/000.p/1",
            "/tile/63/000.p/1",
            "/tile/entries/002",
            "/tile/0/x999/x999/x999/x999/x999/999")) {
      assertThat(auditor.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void getsNothingByAnotherSpelling() throws Exception {
    for (String path :
        List.of(
            "/tile/0/0",
            "/tile/00/000",
            "/tile/64/000",
            "/tile/0/x000/000",
            "/tile/0/000.p/0",
            "/tile/0/000.p/256",
            "/tile/0/000.p/01",
            "/tile/0/000/",
            "/tile//0/000",
            "/tile/0/%30%30%30",
            "/tile/0/../0/000",
            "/tile/data/000",
            "/sm3/tile/0/000",
            "/tile/",
            "/v1/append/",
            "/",
            "/../../etc/passwd")) {
      assertThat(auditor.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void provesOneLeafWithoutOpeningIt() throws Exception {
    String text = RawClient.text(auditor.get("/v1/proof?leaf=42"));

    String[] lines = text.substring(0, text.indexOf("\n\n")).split("\n");
    assertThat(lines[0]).isEqualTo("c2sp.org/tlog-proof@v1");
    assertThat(lines[1]).isEqualTo("index 42");
    assertThat(Arrays.stream(lines).skip(2).map(Base64.getDecoder()::decode))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(
            store.log().prove(42).path().stream().map(hash -> hash.bytes()).toList());
    assertThat(text).isEqualTo(EntryProofs.closedText(store.log().prove(42)));
  }

  @Test
  void isToldThatALeafIsNotSignedYet() throws Exception {
    assertThat(auditor.get("/v1/proof?leaf=" + SIZE).statusCode()).isEqualTo(503);
    assertThat(auditor.get("/v1/proof?leaf=" + (SIZE + 5)).statusCode()).isEqualTo(404);
  }

  private static byte[] body(String path) throws Exception {
    HttpResponse<byte[]> answer = auditor.get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private static List<byte[]> hashes(byte[] tile) {
    List<byte[]> hashes = new ArrayList<>();
    for (int at = 0; at < tile.length; at += 32) {
      hashes.add(Arrays.copyOfRange(tile, at, at + 32));
    }
    return hashes;
  }

  private static List<byte[]> bundle(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<byte[]> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] entry = new byte[in.getShort() & 0xFFFF];
      in.get(entry);
      assertThat(new String(entry, StandardCharsets.ISO_8859_1)).doesNotContain("attempt");
      entries.add(entry);
    }
    return entries;
  }

  /** RFC 6962 section 2.1. */
  private static byte[] root(List<byte[]> hashes) throws Exception {
    if (hashes.size() == 1) {
      return hashes.getFirst();
    }
    int split = Integer.highestOneBit(hashes.size() - 1);
    return sha256(
        new byte[] {1}, root(hashes.subList(0, split)), root(hashes.subList(split, hashes.size())));
  }

  private static byte[] sha256(byte[]... parts) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}
