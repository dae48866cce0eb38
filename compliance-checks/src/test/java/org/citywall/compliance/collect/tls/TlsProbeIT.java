// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe against OpenSSL's own server, and against peers that are none or mean harm. */
class TlsProbeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void stopThem() {
    processes.forEach(Process::destroyForcibly);
  }

  private void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("log"))).isZero();
  }

  private void certificate(String... how) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "req", "-x509", "-nodes", "-keyout", "key", "-out", "cert"));
    command.addAll(List.of("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"));
    command.addAll(List.of(how));
    run(command.toArray(String[]::new));
  }

  private int serve(String... arguments) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_server", "-key", "key", "-cert", "cert", "-quiet"));
    command.addAll(List.of("-accept", "127.0.0.1:" + port));
    command.addAll(List.of(arguments));
    processes.add(
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start());
    Awaitility.await()
        .until(
            () -> {
              try (Socket socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
              } catch (IOException e) {
                return false;
              }
            });
    return port;
  }

  private static TlsFindings ask(int port) throws IOException {
    return new TlsProbe("localhost", port, TlsOpening.DIRECT, PATIENCE).ask();
  }

  private static List<String> names(TlsFindings found, TlsVersion version) {
    return found.suites().getOrDefault(version, List.of()).stream().map(TlsSuite::name).toList();
  }

  @Test
  void anOldServerIsSeenWithItsOldVersionsAndItsWeakSuites() throws Exception {
    certificate("-newkey", "rsa:1024", "-days", "3");
    int port =
        serve("-tls1_1", "-cipher", "AES128-SHA:NULL-SHA:AECDH-AES128-SHA:@SECLEVEL=0", "-4");

    TlsFindings found = ask(port);

    assertThat(found.offered()).isTrue();
    assertThat(found.suites().keySet()).containsExactly(TlsVersion.TLS_1_1);
    assertThat(names(found, TlsVersion.TLS_1_1))
        .containsExactlyInAnyOrder(
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_NULL_SHA",
            "TLS_ECDH_anon_WITH_AES_128_CBC_SHA");
    assertThat(found.suites().get(TlsVersion.TLS_1_1))
        .filteredOn(TlsSuite::weak)
        .extracting(TlsSuite::name)
        .containsExactlyInAnyOrder("TLS_RSA_WITH_NULL_SHA", "TLS_ECDH_anon_WITH_AES_128_CBC_SHA");
    assertThat(found.chain()).hasSize(1);
  }

  @Test
  void aServerOfTheNewestVersionAloneShowsItsSuitesAndItsCertificate() throws Exception {
    certificate("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "3");

    TlsFindings found = ask(serve("-tls1_3", "-4"));

    assertThat(found.suites().keySet()).containsExactly(TlsVersion.TLS_1_3);
    assertThat(names(found, TlsVersion.TLS_1_3))
        .containsExactlyInAnyOrder(
            "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");
    assertThat(found.chain()).hasSize(1);
  }

  @Test
  void everySuiteThatAServerIsGivenIsFound() throws Exception {
    certificate("-newkey", "rsa:2048", "-days", "3");
    Set<String> given =
        Set.of(
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "DHE-RSA-AES256-SHA256",
            "AES256-SHA",
            "CAMELLIA128-SHA");

    TlsFindings found =
        ask(serve("-tls1_2", "-4", "-cipher", String.join(":", given) + ":@SECLEVEL=0"));

    assertThat(names(found, TlsVersion.TLS_1_2))
        .containsExactlyInAnyOrder(
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA");
    assertThat(found.suites().get(TlsVersion.TLS_1_2))
        .filteredOn(suite -> !suite.forwardSecret())
        .hasSize(2);
  }

  @Test
  void aServerOfTheJdkThatWantsACertificateOfItsClientIsSeenAsWell() throws Exception {
    certificate("-newkey", "rsa:2048", "-days", "3");
    run(
        "openssl",
        "pkcs12",
        "-export",
        "-in",
        "cert",
        "-inkey",
        "key",
        "-out",
        "p12",
        "-passout",
        "pass:changeit");
    KeyStore store = KeyStore.getInstance(folder.resolve("p12").toFile(), "changeit".toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      try (SSLServerSocket server =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        server.setEnabledProtocols(new String[] {version});
        server.setNeedClientAuth(true);
        Thread accepting = Thread.ofVirtual().start(() -> handshakes(server));

        TlsFindings found = ask(server.getLocalPort());

        assertThat(found.suites().keySet()).extracting(TlsVersion::label).containsExactly(version);
        assertThat(found.suites().values().iterator().next())
            .hasSizeGreaterThanOrEqualTo(3)
            .noneMatch(TlsSuite::weak)
            .extracting(TlsSuite::name)
            .isSubsetOf(server.getEnabledCipherSuites());
        assertThat(found.chain()).hasSize(1);
        server.close();
        accepting.join();
      }
    }
  }

  private static void handshakes(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.startHandshake();
      } catch (IOException e) {
        // a greeting is all that it gets
        continue;
      }
    }
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsSaidNotToOfferIt() throws Exception {
    try (Peer peer =
        new Peer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8))) {
      assertThat(ask(peer.port()).offered()).isFalse();
    }
  }

  @Test
  void whatANationalServerChoosesIsReported() throws Exception {
    byte[] hello = new byte[5 + 4 + 38];
    System.arraycopy(new byte[] {22, 1, 1, 0, 42, 2, 0, 0, 38, 1, 1}, 0, hello, 0, 11);
    hello[44] = (byte) 0xE0;
    hello[45] = 0x53;
    try (Peer peer = new Peer(hello)) {
      TlsFindings found = ask(peer.port());

      assertThat(found.suites().keySet()).containsExactly(TlsVersion.TLCP);
      assertThat(found.suites().get(TlsVersion.TLCP))
          .allMatch(TlsSuite::sm)
          .extracting(TlsSuite::name)
          .containsExactly("ECC_SM4_GCM_SM3");
    }
  }

  @Test
  void aPeerThatNeverAnswersIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  new TlsProbe(
                          "localhost",
                          silent.getLocalPort(),
                          TlsOpening.DIRECT,
                          Duration.ofMillis(200))
                      .ask())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPeerThatSendsWithoutEndIsGivenUp() throws Exception {
    byte[] record = new byte[5 + 16000];
    record[0] = 22;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) (16000 >> 8);
    record[4] = (byte) 16000;
    record[5] = 2;
    record[6] = (byte) 0xFF;
    try (Peer peer = new Peer(record)) {
      assertThatThrownBy(() -> ask(peer.port())).hasMessageContaining("more than");
    }
  }

  @Test
  void noSuiteOfTheListIsThereTwice() {
    for (TlsVersion version : TlsVersion.values()) {
      List<TlsSuite> suites = TlsSuite.of(version);
      assertThat(suites).isNotEmpty();
      assertThat(suites.stream().map(TlsSuite::code).collect(Collectors.toSet()))
          .hasSize(suites.size());
    }
  }

  /** Answers whatever comes with the same bytes and then closes. */
  private static final class Peer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Thread thread;

    Peer(byte[] answer) throws IOException {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!server.isClosed()) {
                      try (Socket socket = server.accept()) {
                        socket.getInputStream().read(new byte[4096]);
                        socket.getOutputStream().write(answer);
                      } catch (IOException e) {
                        // the client has had enough, or the test has
                        continue;
                      }
                    }
                  });
    }

    int port() {
      return server.getLocalPort();
    }

    @Override
    public void close() throws Exception {
      server.close();
      thread.join();
    }
  }
}
