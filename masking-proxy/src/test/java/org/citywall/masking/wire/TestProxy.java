// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.postgres.PostgresAnalyser;

/** A proxy before the database of the corpus; everybody's password is {@code secret}. */
final class TestProxy implements AutoCloseable {

  static final String PASSWORD = "secret";

  final TestRecorder recorder = new TestRecorder();
  final DemoDatabase database;
  private final Map<String, Rights> rights = new ConcurrentHashMap<>();
  private final ScramVerifier verifier = ScramVerifier.of(PASSWORD, new SecureRandom());
  private final WireServer server;

  TestProxy(WireLimits limits, WireTls tls, boolean enforce) throws IOException, SQLException {
    database = DemoDatabase.start();
    server =
        WireServer.start(
            new WireConfig(
                loopback(0),
                tls,
                new Backend(loopback(database.port()), "demo", "app", () -> Sensitive.of("app")),
                limits,
                enforce),
            new SqlGate(PostgresAnalyser.installed().orElseThrow()),
            this::account,
            recorder,
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
        ? Optional.of(new Account(name, verifier, () -> rights.get(name), event -> {}))
        : Optional.empty();
  }

  /** Gives somebody an account, or other rights from now on. */
  TestProxy with(String name, Rights seen) {
    rights.put(name, seen);
    return this;
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

  @Override
  public void close() throws IOException {
    server.close();
    database.close();
  }
}
