// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.testing.MutableClock;
import org.citywall.masking.grant.FileUsage;
import org.citywall.masking.grant.Usage;
import org.citywall.masking.lookup.LookUpLedger;
import org.citywall.masking.lookup.ValueDigest;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.jspecify.annotations.Nullable;

/** A proxy before the database of the corpus; everybody's password is {@code secret}. */
final class TestProxy implements AutoCloseable {

  static final String PASSWORD = "secret";

  /** Of persons by their number, as the catalogue of a city would have it. */
  static final SubjectKey SUBJECT_KEY =
      SubjectKey.of(Sensitive.of("the key of a city, for tests only"));

  private static final SubjectBook SUBJECTS =
      new SubjectBook() {
        @Override
        public SubjectKey key() {
          return SUBJECT_KEY;
        }

        @Override
        public @Nullable String column(TableName table) {
          return table.name().equals("person") ? "id_card" : null;
        }

        @Override
        public @Nullable TableName relation(String name) {
          return name.equals("public.person") ? new TableName("public", "person") : null;
        }
      };

  static final ValueDigest DIGEST =
      new ValueDigest(Sensitive.of("sixteen bytes and".getBytes(StandardCharsets.US_ASCII)));

  final TestRecorder recorder = new TestRecorder();
  final MutableClock clock = MutableClock.at("2026-11-27T13:00:00Z");
  private final Path folder = Files.createTempDirectory("citywall-usage");
  private final Usage usage = FileUsage.open(folder.resolve("usage"), clock);
  final DemoDatabase database;
  private final Map<String, Supplier<Rights>> rights = new ConcurrentHashMap<>();
  private final ScramVerifier verifier = ScramVerifier.of(PASSWORD, new SecureRandom());
  private final WireServer server;

  TestProxy(WireLimits limits, WireTls tls, boolean enforce) throws IOException, SQLException {
    this(limits, tls, enforce, false);
  }

  TestProxy(WireLimits limits, WireTls tls, boolean enforce, boolean hardened)
      throws IOException, SQLException {
    this(DemoDatabase.start(), limits, tls, enforce, hardened);
  }

  private TestProxy(
      DemoDatabase database, WireLimits limits, WireTls tls, boolean enforce, boolean hardened)
      throws IOException {
    this.database = database;
    server =
        WireServer.start(
            new WireConfig(
                loopback(0),
                tls,
                new Backend(loopback(database.port()), "demo", "app", () -> Sensitive.of("app")),
                limits,
                enforce),
            new SqlGate(PostgresAnalyser.installed().orElseThrow(), hardened ? "app" : null),
            this::account,
            recorder,
            new LookUpLedger(usage, recorder, () -> DIGEST, SUBJECTS, clock),
            SUBJECTS,
            new SecureRandom());
  }

  static TestProxy start() throws IOException, SQLException {
    return new TestProxy(WireLimits.DEFAULT, WireTls.OFF, true);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Optional<Account> account(String name) {
    return rights.containsKey(name)
        ? Optional.of(new Account(name, verifier, () -> rights.get(name).get(), event -> {}))
        : Optional.empty();
  }

  /** Gives somebody an account, or other rights from now on. */
  TestProxy with(String name, Rights seen) {
    return with(name, () -> seen);
  }

  /** Gives somebody an account with rights that may change by themselves. */
  TestProxy with(String name, Supplier<Rights> seen) {
    rights.put(name, seen);
    return this;
  }

  /** Another proxy before the same database, which this one closes. */
  TestProxy beside() throws IOException {
    return new TestProxy(database, WireLimits.DEFAULT, WireTls.OFF, true, false);
  }

  int port() {
    return server.address().getPort();
  }

  int connections() {
    return server.connections();
  }

  Connection connect(String user, String... options) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", PASSWORD);
    properties.setProperty("socketTimeout", "20");
    for (String option : options) {
      String[] pair = option.split("=", 2);
      properties.setProperty(pair[0], pair[1]);
    }
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/demo", properties);
  }

  /** Leaves the database running. */
  void stop() throws IOException {
    server.close();
    usage.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Override
  public void close() throws IOException {
    stop();
    database.close();
    ByteBufLeaks.assertNone();
  }
}
