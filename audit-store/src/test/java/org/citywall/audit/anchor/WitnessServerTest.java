// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.anchor.Refusals.assertRefused;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessServerTest {

  private final MutableClock clock = MutableClock.at(AnchoredLog.START);
  private final VaultInMemory vault = new VaultInMemory();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private AnchoredLog log;
  private Witness witness;
  private WitnessServer server;

  @BeforeEach
  void open() {
    log = new AnchoredLog(folder.resolve("log"), clock);
    Path home = folder.resolve("witness");
    Witness.make(home, "police.example/w", vault, new SecureRandom());
    witness = Witness.open(home, vault, List.of(log.key()), clock);
    server =
        WitnessServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, witness);
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
    witness.close();
    log.close();
  }

  private HttpResponse<String> send(String method, String path, String body) {
    URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    try {
      return client.send(
          HttpRequest.newBuilder(url)
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> add(String body) {
    return send("POST", "/add-checkpoint", body);
  }

  @Test
  void answersWithSignatureLines() {
    log.append(3);
    Checkpoint checkpoint = log.log().signCheckpoint();

    HttpResponse<String> answer = add(new WitnessRequest(0, List.of(), checkpoint).toString());

    assertThat(answer.statusCode()).isEqualTo(200);
    SignedNote note = SignedNote.parse(checkpoint.note() + answer.body());
    assertThat(witness.key().cosignedAt(note)).isPresent();
  }

  @Test
  void answersAConflictWithTheSizeAndItsType() {
    log.append(3);
    String request = new WitnessRequest(0, List.of(), log.log().signCheckpoint()).toString();
    add(request);

    HttpResponse<String> answer = add(request);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
    assertThat(answer.body()).isEqualTo("3\n");
  }

  @Test
  void showsTheLastCheckpointToMonitors() {
    String path = "/" + Hash.sha256(log.key().name().getBytes(UTF_8)).hex() + "/checkpoint";
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
    log.append(3);
    add(new WitnessRequest(0, List.of(), log.log().signCheckpoint()).toString());

    HttpResponse<String> answer = send("GET", path, "");

    assertThat(answer.statusCode()).isEqualTo(200);
    SignedNote.parse(answer.body()).requireSignedBy(log.key());
  }

  @Test
  void refusesOtherPathsMethodsAndLengths() {
    assertThat(send("GET", "/add-checkpoint", "").statusCode()).isEqualTo(405);
    assertThat(send("GET", "/", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/" + "0".repeat(64) + "/checkpoint", "").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/" + "0".repeat(64) + "/checkpoint", "").statusCode()).isEqualTo(405);
    assertThat(add("old 0\n".repeat(100_000)).statusCode()).isEqualTo(413);
    assertThat(add("nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void servesHttpsToWhoeverTrustsItsAuthority() throws IOException {
    TlsIdentity identity =
        FileKeyVault.open(folder.resolve("tls"), Map.of(), Clock.systemUTC(), new SecureRandom())
            .serverIdentity("witness", List.of());
    Path pem = Files.writeString(folder.resolve("authority.pem"), identity.authorityPem());
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Duration limit = Duration.ofSeconds(10);
    try (WitnessServer secured = WitnessServer.start(any, identity.context(), witness);
        AnchorHttp trusting = new AnchorHttp(AnchorHttp.trusting(pem), limit);
        AnchorHttp doubting = new AnchorHttp(null, limit)) {
      URI url = URI.create("https://127.0.0.1:" + secured.address().getPort() + "/add-checkpoint");

      assertThat(trusting.post(url, "text/plain", new byte[0], 1000).status()).isEqualTo(400);
      assertRefused(
          AuditErrorCode.ANCHOR_UNAVAILABLE,
          () -> doubting.post(url, "text/plain", new byte[0], 1000));
    }
  }

  @Test
  void saysThatAPortIsTaken() {
    assertRefused(
        AuditErrorCode.WITNESS_LISTEN_FAILED,
        () -> WitnessServer.start(server.address(), null, witness));
  }
}
