// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/** Numbers that jump are a gap, but not because one host has two connections. */
class SequenceOfConnectionsIT {

  private static final String SOURCE = "syslog-tcp/127.0.0.1";

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final LoggedEvents logged = new LoggedEvents(log);
  private final MutableClock clock = MutableClock.at("2026-03-04T08:00:00Z");
  private Collectors collectors;

  @BeforeEach
  void start() {
    CollectorConfig config =
        CollectorConfig.in(folder)
            .syslog(0)
            .silence(new SilencePolicy(Duration.ofDays(1), 10, Map.of()))
            .build();
    collectors = Collectors.start(config, log, null, clock);
  }

  @AfterEach
  void stop() {
    collectors.close();
  }

  @Test // #2
  void reportsNoGapWhereTwoConnectionsCountEachForItself() throws Exception {
    try (RawClient first = connect();
        RawClient second = connect()) {
      for (int i = 1; i <= 5; i++) {
        send(first, i);
        send(second, 1000 + i);
      }
    }

    assertThat(gaps()).isEmpty();
  }

  @Test // #2
  void reportsNoGapWhereTwoConnectionsShareOneCounter() throws Exception {
    try (RawClient first = connect();
        RawClient second = connect()) {
      send(first, 1);
      send(second, 3);
      send(second, 4);
      send(first, 2);
      send(first, 6);
      send(second, 5);
    }

    assertThat(gaps()).isEmpty();
  }

  @Test
  void reportsWhatIsMissingBetweenTwoConnectionsAfterEachOther() throws Exception {
    try (RawClient first = connect()) {
      send(first, 1);
      send(first, 2);
    }
    assertThat(gaps()).isEmpty();
    try (RawClient second = connect()) {
      send(second, 6);
    }

    assertThat(gaps()).containsExactly("3-5");
  }

  @Test
  void reportsWhatWasLostWhileItWasDown() throws Exception {
    try (RawClient before = connect()) {
      send(before, 1);
      send(before, 2);
    }
    collectors.close();
    start();
    try (RawClient after = connect()) {
      send(after, 5);
    }

    assertThat(gaps()).containsExactly("3-4");
  }

  private int sent;

  private RawClient connect() throws IOException {
    return RawClient.connect(collectors.addresses().syslog().orElseThrow());
  }

  /** Sends a record and waits until it is in the log, so that the order is certain. */
  private void send(RawClient client, int number) throws IOException {
    client.send("<38>1 - gw-01 app - - [meta sequenceId=\"" + number + "\"] x\n");
    logged.await(SOURCE, ++sent);
  }

  /** What is reported once all time for late records is over. */
  private List<String> gaps() {
    logged.pass(Duration.ofMinutes(1), clock);
    logged.pass(Duration.ofMinutes(1), clock);
    return logged.reports("source-gap").stream().map(SequenceOfConnectionsIT::range).toList();
  }

  private static String range(Event gap) {
    return gap.number(Field.GOV_GAP_FROM) + "-" + gap.number(Field.GOV_GAP_TO);
  }
}
