// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.citywall.audit.event.Field;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.collect.TlsPolicy.ClientCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a peer of a TLS port is taken for, and who is none. */
class TlsPeersIT {

  private static final String RECORD = "<38>1 - gw-01 app - - - x\n";
  private static final String TOKEN = "correct-horse-battery-staple";

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final LoggedEvents logged = new LoggedEvents(log);
  private TestCertificate server;
  private SenderCertificate sender;
  private SenderCertificate stranger;
  private Collectors collectors;

  @BeforeEach
  void certificates() throws Exception {
    server = TestCertificate.create(folder);
    sender = SenderCertificate.create(folder.resolve("authority"), "gw-01");
    stranger = SenderCertificate.create(folder.resolve("stranger"), "gw-01");
  }

  @AfterEach
  void stop() {
    if (collectors != null) {
      collectors.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void takesOnlyCertifiedPeersWhereACertificateIsRequired(String version) throws Exception {
    listen(ClientCertificate.REQUIRED);

    assertThat(isTaken(sender.identity(), version)).isTrue();
    assertThat(isTaken(null, version)).isFalse();
    assertThat(isTaken(stranger.identity(), version)).isFalse();
    assertThat(isTaken(server.identity(), version)).isFalse();
    assertThat(sources()).containsExactly("syslog-tls/CN=gw-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void namesPeersWithoutACertificateByAddressWhereItIsOptional(String version) throws Exception {
    listen(ClientCertificate.OPTIONAL);

    assertThat(isTaken(null, version)).isTrue();
    assertThat(isTaken(sender.identity(), version)).isTrue();
    assertThat(isTaken(stranger.identity(), version)).isFalse();
    assertThat(sources()).containsExactlyInAnyOrder("syslog-tls/127.0.0.1", "syslog-tls/CN=gw-01");
  }

  @Test
  void asksNobodyForACertificateWhereItIsOff() throws Exception {
    listen(ClientCertificate.OFF);

    assertThat(isTaken(sender.identity(), "TLSv1.3")).isTrue();
    assertThat(sources()).containsExactly("syslog-tls/127.0.0.1");
  }

  @Test // #2
  void endsAConnectionThatShakesHandsAgain() throws Exception {
    listen(ClientCertificate.REQUIRED);
    SSLContext client = client(sender.identity());
    try (Socket raw = TestTls.raw(collectors.addresses().syslogTls().orElseThrow());
        SSLSocket socket = TestTls.connect(client, raw, "TLSv1.2")) {
      socket.getOutputStream().write(RECORD.getBytes(US_ASCII));
      logged.await("syslog-tls/CN=gw-01", 1);
      socket.startHandshake();

      assertThat(RawClient.over(socket).isClosedWithin(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void takesJsonOverHttpsFromCertifiedPeersWithAToken() throws Exception {
    listen(ClientCertificate.REQUIRED);

    assertThat(post(sender.identity())).isEqualTo(200);
    assertThatThrownBy(() -> post(null)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post(stranger.identity())).isInstanceOf(IOException.class);
    assertThat(logged.await("http/gateway/CN=gw-01", 1)).hasSize(1);
  }

  @Test
  void refusesAPolicyThatCannotBeKept() throws IOException {
    Path notCertificates = Files.writeString(folder.resolve("no.pem"), "nothing of that kind");
    ClientCertificate required = ClientCertificate.REQUIRED;
    ClientCertificate off = ClientCertificate.OFF;

    assertThatThrownBy(() -> new TlsPolicy(null, required, off, off, false))
        .hasMessageContaining(CollectErrorCode.CONFIG_INVALID.id());
    assertThatThrownBy(() -> new TlsPolicy(sender.authority(), off, off, required, false))
        .hasMessageContaining(CollectErrorCode.CONFIG_INVALID.id());
    assertThatThrownBy(() -> listen(new TlsPolicy(notCertificates, required, required, off, false)))
        .hasMessageContaining(CollectErrorCode.CONFIG_INVALID.id());
    assertThatThrownBy(
            () -> listen(new TlsPolicy(folder.resolve("absent"), required, off, off, false)))
        .hasMessageContaining(CollectErrorCode.CONFIG_INVALID.id());
  }

  private void listen(ClientCertificate asked) {
    listen(new TlsPolicy(sender.authority(), asked, asked, asked, true));
  }

  private void listen(TlsPolicy policy) {
    CollectorConfig config =
        CollectorConfig.in(folder.resolve("spool"))
            .syslogTls(0)
            .relpTls(0)
            .http(0)
            .tls(policy)
            .tokens(List.of(IngestToken.of("gateway", Sensitive.of(TOKEN))))
            .build();
    collectors = Collectors.start(config, log, server.identity(), Clock.systemUTC());
  }

  /** Sends a record; whether it is in the log, or else the peer was shut out. */
  private boolean isTaken(@Nullable TlsIdentity shown, String version) throws Exception {
    int before = events();
    InetSocketAddress address = collectors.addresses().syslogTls().orElseThrow();
    try (Socket raw = TestTls.raw(address);
        SSLSocket socket = TestTls.connect(client(shown), raw, version)) {
      socket.getOutputStream().write(RECORD.getBytes(US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      assertThat(events()).isEqualTo(before);
      return false;
    }
    return await().atMost(Duration.ofSeconds(10)).until(this::events, n -> n > before) > before;
  }

  private SSLContext client(@Nullable TlsIdentity shown) throws Exception {
    return TestTls.client(server.identity().chain().getFirst(), shown);
  }

  private int post(@Nullable TlsIdentity shown) throws Exception {
    int port = collectors.addresses().http().orElseThrow().getPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/v1/events"))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(HttpRequest.BodyPublishers.ofString("{\"user.name\":\"x\"}"))
            .build();
    try (HttpClient client = HttpClient.newBuilder().sslContext(client(shown)).build()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private int events() {
    return (int)
        log.read(0, Integer.MAX_VALUE).stream()
            .filter(entry -> entry.event().position().source().startsWith("syslog-tls/"))
            .count();
  }

  private List<String> sources() {
    return log.read(0, Integer.MAX_VALUE).stream()
        .filter(entry -> entry.event().has(Field.HOST_NAME))
        .map(entry -> entry.event().position().source())
        .distinct()
        .toList();
  }
}
