// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart is no reason to forget who should be sending. */
class SilenceOverRestartIT {

  private static final String SOURCE = "syslog-tcp/127.0.0.1";
  private static final SilencePolicy POLICY =
      new SilencePolicy(Duration.ofMinutes(5), 10, Map.of("http/gateway", Duration.ofMinutes(30)));

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final LoggedEvents logged = new LoggedEvents(log);
  private final MutableClock clock = MutableClock.at("2026-03-04T08:00:00Z");
  private Collectors collectors;
  private int sent;

  @BeforeEach
  void start() {
    CollectorConfig config = CollectorConfig.in(folder).syslog(0).silence(POLICY).build();
    collectors = Collectors.start(config, log, null, clock);
  }

  @AfterEach
  void stop() {
    collectors.close();
  }

  @Test // #2
  void reportsASourceThatFellSilentWhileItWasDown() throws Exception {
    sendRegularly();
    restartAfter(Duration.ofHours(1));
    pass(Duration.ofMinutes(6));

    List<Event> silent = logged.reports("source-silent");

    assertThat(origins(silent)).contains(SOURCE);
    assertThat(silent.getFirst().number(Field.GOV_SILENCE_SECONDS)).isGreaterThan(3600);
    assertThat(collectors.sources())
        .filteredOn(status -> status.source().equals(SOURCE))
        .allSatisfy(
            status -> {
              assertThat(status.silent()).isTrue();
              assertThat(status.lastSeen()).isPresent();
            });
  }

  @Test
  void givesASourceTimeToConnectAgain() throws Exception {
    sendRegularly();
    restartAfter(Duration.ofHours(1));
    pass(Duration.ofMinutes(3));
    send();
    pass(Duration.ofMinutes(3));

    assertThat(origins(logged.reports("source-silent"))).doesNotContain(SOURCE);
  }

  @Test // #2
  void reportsASilenceOnceOverARestartAndItsEnd() throws Exception {
    sendRegularly();
    pass(Duration.ofMinutes(6));
    assertThat(origins(logged.reports("source-silent"))).containsOnlyOnce(SOURCE);
    restartAfter(Duration.ofMinutes(10));
    pass(Duration.ofMinutes(10));
    send();

    assertThat(origins(logged.awaitReports("source-resumed", 1))).containsExactly(SOURCE);
    assertThat(origins(logged.reports("source-silent"))).containsOnlyOnce(SOURCE);
  }

  @Test // #2
  void countsTheTimeOfAnExpectedSourceOnOverRestarts() {
    pass(Duration.ofMinutes(3));
    for (int i = 0; i < 3; i++) {
      restartAfter(Duration.ofMinutes(8));
      pass(Duration.ofMinutes(6));
    }

    assertThat(origins(logged.reports("source-silent"))).contains("http/gateway");
  }

  @Test
  void readsTheLogWhereTheFileIsLostOrDamaged() throws Exception {
    sendRegularly();
    collectors.close();
    Files.write(folder.resolve("sources"), new byte[] {1, 2, 3});
    clock.advance(Duration.ofHours(1));
    start();
    pass(Duration.ofMinutes(6));

    assertThat(origins(logged.reports("source-silent"))).contains(SOURCE);
  }

  @Test
  void forgetsASourceThatWasNotHeardOfForAMonth() throws Exception {
    sendRegularly();
    restartAfter(Duration.ofDays(31));
    pass(Duration.ofMinutes(6));

    assertThat(collectors.sources()).extracting(SourceStatus::source).doesNotContain(SOURCE);
  }

  private void sendRegularly() throws IOException {
    for (int i = 0; i < 12; i++) {
      send();
      clock.advance(Duration.ofSeconds(10));
    }
  }

  private void send() throws IOException {
    try (RawClient client = RawClient.connect(collectors.addresses().syslog().orElseThrow())) {
      client.send("<38>1 - gw-01 app - - - x\n");
    }
    logged.await(SOURCE, ++sent);
  }

  private void restartAfter(Duration down) {
    collectors.close();
    clock.advance(down);
    start();
  }

  private void pass(Duration time) {
    logged.pass(time, clock);
  }

  private static List<String> origins(List<Event> reports) {
    return reports.stream().map(report -> report.text(Field.GOV_ORIGIN_ID)).toList();
  }
}
