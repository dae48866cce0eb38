// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.collect.TlsPolicy.ClientCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The configurations of rsyslog that operators are given, run as they are but for names. */
class RsyslogMutualTlsIT {

  private static final Path EXAMPLES = Path.of("..", "docs", "operate", "rsyslog");
  private static final String INSTALLED = "/etc/rsyslog.d/citywall/";
  private static final int LINES = 200;

  /** An example with one of the two TLS libraries that it may use. */
  enum Example {
    SYSLOG_GNUTLS(
        "syslog-tls.conf", "StreamDriver=\"gtls\"", "StreamDriver=\"gtls\"", "syslog-tls"),
    SYSLOG_OPENSSL(
        "syslog-tls.conf", "StreamDriver=\"gtls\"", "StreamDriver=\"ossl\"", "syslog-tls"),
    RELP_OPENSSL("relp-tls.conf", "tlslib=\"openssl\"", "tlslib=\"openssl\"", "relp-tls"),
    RELP_GNUTLS("relp-tls.conf", "tlslib=\"openssl\"", "tlslib=\"gnutls\"", "relp-tls");

    private final String file;
    private final String written;
    private final String wanted;
    private final String kind;

    Example(String file, String written, String wanted, String kind) {
      this.file = file;
      this.written = written;
      this.wanted = wanted;
      this.kind = kind;
    }

    String statements(Path authority, SenderCertificate sender, BoundAddresses at)
        throws IOException {
      int port = (kind.equals("relp-tls") ? at.relpTls() : at.syslogTls()).orElseThrow().getPort();
      String text = Files.readString(EXAMPLES.resolve(file), UTF_8);
      assertThat(text).contains(written).containsPattern("port=\"(6514|2515)\"");
      return text.replace(written, wanted)
          .replaceAll("port=\"(6514|2515)\"", "port=\"" + port + "\"")
          .replace(INSTALLED + "authority.pem", authority.toString())
          .replace(INSTALLED + "sender.pem", sender.certificate().toString())
          .replace(INSTALLED + "sender.key", sender.key().toString());
    }
  }

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final LoggedEvents logged = new LoggedEvents(log);
  private SenderCertificate sender;
  private TestCertificate server;
  private Collectors collectors;

  @BeforeEach
  void start() throws Exception {
    Rsyslog.program();
    server = TestCertificate.create(folder);
    sender = SenderCertificate.create(folder.resolve("authority"), "gw-01");
    ClientCertificate required = ClientCertificate.REQUIRED;
    CollectorConfig config =
        CollectorConfig.in(folder.resolve("spool"))
            .syslogTls(0)
            .relpTls(0)
            .tls(
                new TlsPolicy(sender.authority(), required, required, ClientCertificate.OFF, false))
            .build();
    collectors = Collectors.start(config, log, server.identity(), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    collectors.close();
  }

  @ParameterizedTest
  @EnumSource
  void takesWhatASenderWithACertificateForwardsAndNamesItAfterIt(Example example) throws Exception {
    try (Rsyslog rsyslog = forward(example, sender)) {
      rsyslog.log(lines());

      List<Event> events = logged.await(example.kind + "/CN=gw-01", LINES);
      assertThat(events)
          .extracting(event -> event.number(Field.SOURCE_PORT))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, LINES).mapToObj(i -> (long) i).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesASenderWhoseCertificateAnotherAuthoritySigned(Example example) throws Exception {
    SenderCertificate stranger = SenderCertificate.create(folder.resolve("stranger"), "gw-01");
    try (Rsyslog rsyslog = forward(example, stranger)) {
      rsyslog.log(lines());

      assertRefused(example);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesASenderWithoutACertificate(Example example) throws Exception {
    String statements =
        example
            .statements(server.pem(), sender, collectors.addresses())
            .replaceAll(
                "(tls\\.my|defaultNetstreamDriver)(Cert|PrivKey|CertFile|KeyFile)=\"[^\"]*\"", "");
    try (Rsyslog rsyslog = Rsyslog.start(folder.resolve("rsyslog"), statements)) {
      rsyslog.log(lines());

      assertRefused(example);
    }
  }

  private void assertRefused(Example example) {
    Event refusal = logged.awaitReports("source-refused", 1).getFirst();
    assertThat(refusal.text(Field.GOV_ORIGIN_ID)).isEqualTo(example.kind + "/127.0.0.1");
    assertThat(refusal.text(Field.ERROR_CODE)).isEqualTo("COL-0034");
    assertThat(logged.of(example.kind + "/CN=gw-01")).isEmpty();
    assertThat(logged.of(example.kind + "/127.0.0.1")).isEmpty();
  }

  private Rsyslog forward(Example example, SenderCertificate shown) throws IOException {
    return Rsyslog.start(
        folder.resolve("rsyslog"), example.statements(server.pem(), shown, collectors.addresses()));
  }

  private static Stream<String> lines() {
    return IntStream.rangeClosed(1, LINES)
        .mapToObj(i -> "Failed password for root from 203.0.113.9 port " + i + " ssh2");
  }
}
