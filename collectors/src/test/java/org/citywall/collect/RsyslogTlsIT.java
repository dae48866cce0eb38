// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RsyslogTlsIT {

  private static final int LINES = 500;

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();

  @ParameterizedTest
  @CsvSource({"gtls,octet-counted", "gtls,traditional", "ossl,octet-counted"})
  void receivesWhatRsyslogForwardsOverTls(String driver, String framing) throws Exception {
    Rsyslog.program();
    TestCertificate certificate = TestCertificate.create(folder);
    CollectorConfig config = CollectorConfig.in(folder.resolve("spool")).syslogTls(0).build();
    try (Collectors collectors =
            Collectors.start(config, log, certificate.identity(), Clock.systemUTC());
        Rsyslog rsyslog =
            Rsyslog.start(
                folder,
                "global(defaultNetstreamDriverCAFile=\""
                    + certificate.pem()
                    + "\")\n"
                    + action(driver, framing, port(collectors)))) {
      rsyslog.log(
          IntStream.range(0, LINES)
              .mapToObj(
                  i -> "Failed password for root from 203.0.113.9 port " + (i + 1) + " ssh2"));

      List<Event> events =
          await().atMost(Duration.ofSeconds(30)).until(this::events, e -> e.size() >= LINES);

      assertThat(events).hasSize(LINES);
      assertThat(events)
          .extracting(e -> e.number(Field.SOURCE_PORT))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, LINES).mapToObj(i -> (long) i).toList());
      assertThat(events)
          .allSatisfy(
              event -> {
                assertThat(event.text(Field.EVENT_OUTCOME)).isEqualTo("failure");
                assertThat(event.text(Field.HOST_NAME)).isEqualTo("gw-01");
                assertThat(event.number(Field.PROCESS_PID)).isEqualTo(77);
              });
    }
  }

  private List<Event> events() {
    return log.read(0, Integer.MAX_VALUE).stream()
        .map(LoggedEntry::event)
        .filter(event -> event.position().source().equals("syslog-tls/127.0.0.1"))
        .toList();
  }

  private static int port(Collectors collectors) {
    return collectors.addresses().syslogTls().orElseThrow().getPort();
  }

  private static String action(String driver, String framing, int port) {
    return """
    action(type="omfwd" target="127.0.0.1" port="PORT" protocol="tcp" TCP_Framing="FRAMING"
      template="RSYSLOG_SyslogProtocol23Format" StreamDriver="DRIVER" StreamDriverMode="1"
      StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost")\
    """
        .replace("PORT", Integer.toString(port))
        .replace("FRAMING", framing)
        .replace("DRIVER", driver);
  }
}
