// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.collect.CollectorConfig.ConnectionLimits;
import org.citywall.collect.CollectorConfig.RequestLimits;
import org.citywall.collect.CollectorConfig.SourceLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that take too much time, too many connections or too much memory. */
class PeerLimitsIT {

  private static final Duration RECORD = Duration.ofMillis(500);
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int TOTAL = 6;
  private static final int BUFFERS = 64 * 1024;
  private static final String RECORD_OF_APP = "<38>1 - gw-01 app - - - x\n";
  private static final String TOKEN = "correct-horse-battery-staple";

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final LoggedEvents logged = new LoggedEvents(log);
  private TestCertificate certificate;
  private Collectors collectors;

  @BeforeEach
  void start() throws Exception {
    certificate = TestCertificate.create(folder);
    CollectorConfig config =
        CollectorConfig.in(folder.resolve("spool"))
            .syslog(0)
            .syslogTls(0)
            .relp(0)
            .http(0)
            .tokens(List.of(IngestToken.of("gateway", Sensitive.of(TOKEN))))
            .limits(
                new CollectorConfig.Limits(
                    32 * 1024,
                    new ConnectionLimits(TOTAL, TOTAL - 1, BUFFERS, IDLE, RECORD),
                    new RequestLimits(1 << 20, 100, 2, 1, RECORD),
                    SourceLimits.DEFAULT))
            .build();
    collectors = Collectors.start(config, log, certificate.identity(), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    collectors.close();
  }

  @Test
  void keepsARecordThatTricklesInAndDisconnects() throws Exception {
    try (RawClient client = RawClient.connect(syslog())) {
      assertThat(client.tricklesUntilClosed("<38>1 - gw-01 app", PAUSE, LIMIT)).isTrue();
    }

    Event reject = logged.await("syslog-tcp/127.0.0.1", 1).getFirst();
    assertThat(reject.text(Field.ERROR_CODE)).isEqualTo("COL-0003");
    assertThat(refused("syslog-tcp/127.0.0.1")).contains("COL-0035");
  }

  @Test // #2
  void disconnectsAPeerThatTricklesItsHandshake() throws Exception {
    String hello =
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "r".repeat(500);
    try (RawClient client = RawClient.connect(syslogTls())) {
      assertThat(client.tricklesUntilClosed(hello, PAUSE, LIMIT)).isTrue();
    }

    assertThat(refused("syslog-tls/127.0.0.1")).contains("COL-0035");
  }

  @Test // #2
  void disconnectsAPeerThatTricklesAnEncryptedRecord() throws Exception {
    try (Socket raw = TestTls.raw(syslogTls());
        RawClient beneath = RawClient.over(raw)) {
      TestTls.connect(
              TestTls.client(certificate.identity().chain().getFirst(), null), raw, "TLSv1.3")
          .getOutputStream()
          .write("<38>1 - gw".getBytes(US_ASCII));
      String record = "\u0017\u0003\u0003\u0040\u0000" + "r".repeat(500);

      assertThat(beneath.tricklesUntilClosed(record, PAUSE, LIMIT)).isTrue();
    }
  }

  @Test
  void disconnectsAPeerThatNeverSpeaksWhereItShould() throws Exception {
    try (RawClient relp = RawClient.connect(collectors.addresses().relp().orElseThrow());
        RawClient http = RawClient.connect(http())) {
      assertThat(relp.isClosedWithin(LIMIT)).isTrue();
      assertThat(http.isClosedWithin(LIMIT)).isTrue();
    }

    assertThat(refused("relp/127.0.0.1")).contains("COL-0035");
    assertThat(refused("http/127.0.0.1")).contains("COL-0035");
  }

  @Test
  void disconnectsAPeerThatTricklesARequest() throws Exception {
    try (RawClient head = RawClient.connect(http());
        RawClient body = RawClient.connect(http())) {
      assertThat(head.tricklesUntilClosed("POST /v1/events HTTP", PAUSE, LIMIT)).isTrue();
      body.send(
          "POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TOKEN
              + "\r\nContent-Length: 1000\r\n\r\n");
      assertThat(body.tricklesUntilClosed("{\"a\":", PAUSE, LIMIT)).isTrue();
    }
  }

  @Test
  void letsAPeerOfSyslogSayNothingForAWhileButNotForEver() throws Exception {
    try (RawClient client = RawClient.connect(syslog())) {
      client.send(RECORD_OF_APP);
      logged.await("syslog-tcp/127.0.0.1", 1);
      assertThat(client.isClosedWithin(RECORD.plusMillis(300))).isFalse();
      assertThat(client.isClosedWithin(LIMIT)).isTrue();
    }
  }

  @Test
  void refusesConnectionsBeyondTheLimitOfAnAddressAndServesAgainWhenTheyEnd() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < TOTAL - 1; i++) {
      clients.add(RawClient.connect(i % 2 == 0 ? syslog() : syslogTls()));
    }
    clients.getFirst().send(RECORD_OF_APP);
    logged.await("syslog-tcp/127.0.0.1", 1);
    try (RawClient more = RawClient.connect(syslog())) {
      assertThat(more.isClosedWithin(RECORD)).isTrue();
    }
    for (RawClient client : clients) {
      client.close();
    }

    assertThat(refused("syslog-tcp/127.0.0.1")).contains("COL-0033");
    await().atMost(LIMIT).until(this::isServed);
  }

  private boolean isServed() throws IOException {
    int before = logged.of("syslog-tcp/127.0.0.1").size();
    try (RawClient client = RawClient.connect(syslog())) {
      client.send(RECORD_OF_APP);
      client.endOutput();
      client.readAll();
    } catch (IOException e) {
      return false;
    }
    return logged.of("syslog-tcp/127.0.0.1").size() > before;
  }

  @Test
  void boundsTheMemoryOfUnfinishedRecordsAndServesOthersAfterwards() throws Exception {
    List<RawClient> hoarders = new ArrayList<>();
    for (int i = 0; i < TOTAL - 1; i++) {
      hoarders.add(RawClient.connect(syslog()).send("<38>" + "x".repeat(30 * 1024)));
    }
    for (RawClient hoarder : hoarders) {
      assertThat(hoarder.isClosedWithin(LIMIT)).isTrue();
      hoarder.close();
    }

    assertThat(logged.await("syslog-tcp/127.0.0.1", TOTAL - 1))
        .extracting(event -> event.text(Field.ERROR_CODE))
        .containsOnly("COL-0003");
    await().atMost(LIMIT).until(this::isServed);
  }

  private List<String> refused(String origin) {
    return await()
        .atMost(LIMIT)
        .until(
            () ->
                logged.reports("source-refused").stream()
                    .filter(report -> origin.equals(report.text(Field.GOV_ORIGIN_ID)))
                    .map(report -> report.text(Field.ERROR_CODE))
                    .toList(),
            codes -> !codes.isEmpty());
  }

  private InetSocketAddress syslog() {
    return collectors.addresses().syslog().orElseThrow();
  }

  private InetSocketAddress syslogTls() {
    return collectors.addresses().syslogTls().orElseThrow();
  }

  private InetSocketAddress http() {
    return collectors.addresses().http().orElseThrow();
  }
}
