// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.citywall.masking.config.AdminBackend;
import org.citywall.masking.hardened.HardenedMode;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.MaskedForm;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.Sentinels;
import org.citywall.masking.sql.TestRights;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.jspecify.annotations.Nullable;

/** A proxy as an attacker finds it: one person, whose rights can change, and the owner's view. */
final class ProxiedDemo implements AutoCloseable {

  static final String USER = "ana";

  private static final String MORE =
      """
      CREATE TABLE late(id int UNIQUE DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE child(id int, of int REFERENCES person DEFERRABLE INITIALLY DEFERRED);
      GRANT SELECT, INSERT, UPDATE, DELETE ON late, child TO app;
      """;

  private final TestProxy proxy;
  private @Nullable Rights seen;

  private ProxiedDemo(TestProxy proxy) {
    this.proxy = proxy;
  }

  static ProxiedDemo start() throws IOException, SQLException {
    return start(WireLimits.DEFAULT);
  }

  static ProxiedDemo start(WireLimits limits) throws IOException, SQLException {
    return prepared(new TestProxy(limits, WireTls.OFF, true));
  }

  /** The same in hardened mode, its views made. */
  static ProxiedDemo hardened() throws IOException, SQLException {
    ProxiedDemo demo = prepared(new TestProxy(WireLimits.DEFAULT, WireTls.OFF, true, true));
    demo.hardening().apply(false);
    return demo;
  }

  /** What a DBA does for the rights that the person has now. */
  HardenedMode hardening() {
    return new HardenedMode(
        AdminBackend.of(proxy.database.port()),
        "app",
        PostgresAnalyser.installed().orElseThrow(),
        List.of(Objects.requireNonNull(seen)),
        "test");
  }

  private static ProxiedDemo prepared(TestProxy proxy) throws SQLException {
    ProxiedDemo demo = new ProxiedDemo(proxy);
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(MORE);
    }
    demo.see(TestRights.ofMore(), "masked");
    return demo;
  }

  /** Gives the person other rights from now on. */
  void see(TestRights rights, String version) {
    rights.know("public.late").know("public.child").know("public.t_moving");
    seen = new Versioned(rights, version);
    proxy.with(USER, seen);
  }

  /** Rights whose version says which ones they are. */
  private record Versioned(Rights rights, String version) implements Rights {

    @Override
    public Treatment of(TableName table, String column) {
      return rights.of(table, column);
    }

    @Override
    public boolean catalogued(TableName table) {
      return rights.catalogued(table);
    }

    @Override
    public boolean catalogued(TableName table, String column) {
      return rights.catalogued(table, column);
    }

    @Override
    public Optional<LookUpRight> lookUp(TableName table, String column) {
      return rights.lookUp(table, column);
    }

    @Override
    public Optional<MaskedForm> maskedForm(TableName table, String column) {
      return rights.maskedForm(table, column);
    }

    @Override
    public boolean passesUnknownTables() {
      return rights.passesUnknownTables();
    }

    @Override
    public Optional<String> rowFilter(TableName table) {
      return rights.rowFilter(table);
    }
  }

  TestProxy proxy() {
    return proxy;
  }

  TestRecorder record() {
    return proxy.recorder;
  }

  int port() {
    return proxy.port();
  }

  /** The person, logged in. */
  RawClient client(String... parameters) throws IOException {
    return RawClient.loggedIn(port(), USER, TestProxy.PASSWORD, parameters);
  }

  /** A superuser past the proxy. */
  Connection owner() throws SQLException {
    return proxy.database.connect("postgres");
  }

  /** A part of a protected value that these messages show. */
  Optional<String> leak(List<Message> answer) {
    return Sentinels.in(List.of(Message.text(answer)), List.of());
  }

  /** Connections of the proxy's login that serve a client, as the database sees them. */
  int backends() throws SQLException {
    return count(
        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'"
            + " AND application_name <> 'citywall schema'");
  }

  /** A number that the superuser reads. */
  int count(String sql) throws SQLException {
    try (Connection owner = owner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  /** Waits until no client is left, here or in the database. */
  void awaitNobody() {
    Awaitility.await()
        .atMost(RawClient.PATIENCE)
        .untilAsserted(
            () -> {
              if (proxy.connections() != 0 || backends() != 0) {
                throw new AssertionError(
                    proxy.connections() + " clients, " + backends() + " connections behind them");
              }
            });
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }
}
