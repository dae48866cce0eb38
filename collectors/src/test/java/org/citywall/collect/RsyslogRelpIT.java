// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsyslogRelpIT {

  private static final int LINES = 2_000;
  private static final int KILLS = 3;

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();

  @Test
  void receivesWhatRsyslogForwardsOverRelp() throws Exception {
    Rsyslog.program();
    CollectorConfig config = CollectorConfig.in(folder.resolve("spool")).relp(0).build();
    try (Collectors collectors = Collectors.start(config, log, null, Clock.systemUTC());
        Rsyslog rsyslog =
            Rsyslog.start(folder, action(collectors.addresses().relp().orElseThrow().getPort()))) {
      rsyslog.log(lines(0, LINES));

      List<Event> events =
          await().atMost(Duration.ofSeconds(30)).until(this::events, e -> e.size() >= LINES);

      assertThat(events).extracting(e -> e.number(Field.PROCESS_PID)).containsOnly(77L);
      assertThat(ports(events)).isEqualTo(everyPort(LINES));
      assertThat(events).hasSize(LINES);
    }
  }

  @Test
  void losesNothingWhenTheReceiverIsKilledInTheMiddle() throws Exception {
    Rsyslog.program();
    Path spool = folder.resolve("spool");
    int relp = CollectorProcess.freePort();
    int http = CollectorProcess.freePort();
    CollectorProcess receiver = CollectorProcess.start(spool, relp, http);
    try (Rsyslog rsyslog = Rsyslog.start(folder, action(relp))) {
      for (int round = 0; round < KILLS; round++) {
        rsyslog.log(lines(round * LINES, LINES));
        new CountDownLatch(1).await(150 + 100L * round, TimeUnit.MILLISECONDS);
        receiver.close();
        receiver = CollectorProcess.start(spool, relp, http);
      }
      rsyslog.log(lines(KILLS * LINES, 1));
      int all = KILLS * LINES + 1;
      awaitQuiet(spool, receiver, relp, http, all);
    } finally {
      receiver.close();
    }
  }

  /** Stops the receiver from time to time and looks whether its spool holds every line. */
  private void awaitQuiet(Path spool, CollectorProcess running, int relp, int http, int lines) {
    CollectorProcess[] receiver = {running};
    try {
      await()
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofSeconds(4))
          .until(
              () -> {
                receiver[0].close();
                forward(spool);
                receiver[0] = CollectorProcess.start(spool, relp, http);
                return ports(events()).equals(everyPort(lines));
              });
    } finally {
      receiver[0].close();
    }
  }

  private void forward(Path spool) {
    Collectors.start(CollectorConfig.in(spool).build(), log, null, Clock.systemUTC()).close();
  }

  private List<Event> events() {
    return log.read(0, Integer.MAX_VALUE).stream()
        .map(LoggedEntry::event)
        .filter(event -> event.position().source().equals("relp/127.0.0.1"))
        .toList();
  }

  private static Set<Long> ports(List<Event> events) {
    Set<Long> ports = new TreeSet<>();
    events.forEach(event -> ports.add(event.number(Field.SOURCE_PORT, -1)));
    return ports;
  }

  private static Set<Long> everyPort(int count) {
    Set<Long> ports = new TreeSet<>();
    LongStream.rangeClosed(1, count).forEach(ports::add);
    return ports;
  }

  private static Stream<String> lines(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "Failed password for root from 203.0.113.9 port " + (i + 1) + " ssh2");
  }

  private static String action(int port) {
    return """
    module(load="omrelp")
    action(type="omrelp" target="127.0.0.1" port="PORT" template="RSYSLOG_SyslogProtocol23Format"
      action.resumeInterval="1" action.resumeRetryCount="-1" queue.type="LinkedList"
      queue.size="100000")\
    """
        .replace("PORT", Integer.toString(port));
  }
}
