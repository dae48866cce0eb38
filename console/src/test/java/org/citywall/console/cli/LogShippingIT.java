// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.masking.config.AuditTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A proxy's log on its way to a real server, which takes it over mutual TLS and is killed. */
@Timeout(240)
class LogShippingIT {

  private static final int DECISIONS = 1_500;
  private static final Duration WAIT = Duration.ofMillis(100);

  @TempDir private Path folder;

  private static Entry decision(int number) {
    Instant now = Clock.systemUTC().instant();
    return new Entry(
        EntryKind.DECISION,
        Event.builder(new SourcePosition("masking-proxy/test", 7, number + 1), now, now)
            .put(Field.EVENT_DATASET, "citywall.proxy")
            .put(Field.USER_NAME, "ana")
            .put(Field.GOV_DECISION, "mask")
            .put(Field.DB_TABLE, List.of("public.person"))
            .build());
  }

  @Test
  void everyDecisionIsInTheServersLogOnceThoughItWasKilledOnTheWay() throws Exception {
    Path certificates = certificates();
    Path data = Files.createDirectories(folder.resolve("server"));
    Path config =
        Files.writeString(
            folder.resolve("citywall.yaml"),
            "client-authorities: certificates/authority.pem\ningest-tls: true\n");
    KeptLog log = log();
    try (ServerProcess server = ServerProcess.start("up", data, "--config", config.toString())) {
      try (LogShipping shipping = ship(log, certificates, data, port(server))) {
        append(log, 0, DECISIONS / 2);
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> shipping.lag() < DECISIONS / 2);
        server.kill();
        append(log, DECISIONS / 2, DECISIONS);
      }
    }
    try (ServerProcess server = ServerProcess.start("up", data, "--config", config.toString());
        LogShipping shipping = ship(log, certificates, data, port(server))) {
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shipping.lag() == 0);
      assertThat(server.stop()).isEqualTo(143);
    }
    log.close();

    Map<Long, Integer> seen = seen(data);
    assertThat(seen).hasSize(DECISIONS);
    assertThat(seen.values()).containsOnly(1);
  }

  @Test
  void whoseCertificateIsOfAnotherAuthorityShipsNothingAndLosesNothing() throws Exception {
    certificates();
    Path others = folder.resolve("others");
    make(others, "proxy-1");
    Path data = Files.createDirectories(folder.resolve("server"));
    Path config =
        Files.writeString(
            folder.resolve("citywall.yaml"),
            "client-authorities: certificates/authority.pem\ningest-tls: true\n");
    KeptLog log = log();
    append(log, 0, 10);
    long size = log.size();
    try (ServerProcess server = ServerProcess.start("up", data, "--config", config.toString());
        LogShipping shipping = ship(log, others, data, port(server))) {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> shipping.failures() > 1);
      assertThat(shipping.lag()).isEqualTo(size);
    }
    log.close();
    assertThat(seen(data)).isEmpty();
  }

  private static int port(ServerProcess server) {
    return URI.create(server.part("ingest")).getPort();
  }

  private Path certificates() throws Exception {
    Path certificates = folder.resolve("certificates");
    make(certificates, "proxy-1");
    return certificates;
  }

  private static void make(Path into, String name) throws Exception {
    Process made =
        new ProcessBuilder(
                "sh",
                Path.of("..", "docs", "operate", "rsyslog", "sender-certificate.sh").toString(),
                into.toString(),
                name)
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();
  }

  private KeptLog log() throws IOException {
    Path own = Files.createDirectories(folder.resolve("proxy"));
    SecureRandom random = new SecureRandom();
    new InstalledFiles(new DataFolder(own), random).createFolder();
    FileKeyVault vault = FileKeyVault.open(own, Map.of(), Clock.systemUTC(), random);
    return EvidenceLogs.open(
        own,
        LogOptions.defaults(),
        LogAccess.writing(ProxyNode.ORIGIN, vault),
        Clock.systemUTC(),
        random);
  }

  private static void append(KeptLog log, int from, int to) {
    List<Entry> entries = new ArrayList<>();
    for (int number = from; number < to; number++) {
      entries.add(decision(number));
    }
    log.append(entries);
  }

  private LogShipping ship(KeptLog log, Path certificates, Path data, int port) throws IOException {
    DataFolder server = new DataFolder(data);
    String token = Files.readString(server.ingestToken()).strip();
    AuditTarget.Ingest target =
        new AuditTarget.Ingest(
            URI.create("https://localhost:" + port),
            certificates.resolve("proxy-1.pem"),
            certificates.resolve("proxy-1.key"),
            server.authority(),
            null);
    return new LogShipping(
        log, folder.resolve("shipped"), new IngestClient(target, () -> token), WAIT, WAIT);
  }

  /** How often each decision is in the server's log, by its leaf in the proxy's. */
  private static Map<Long, Integer> seen(Path data) {
    Map<Long, Integer> seen = new TreeMap<>();
    try (LogReader log = LogAccess.reading(data)) {
      List<LoggedEntry> page = log.read(0, 1_000);
      while (!page.isEmpty()) {
        for (LoggedEntry entry : page) {
          String leaf = entry.event().labels().get("proxy_leaf");
          if (leaf != null) {
            seen.merge(Long.valueOf(leaf), 1, Integer::sum);
          }
        }
        page = log.read(page.getLast().leaf() + 1, 1_000);
      }
    }
    return seen;
  }
}
