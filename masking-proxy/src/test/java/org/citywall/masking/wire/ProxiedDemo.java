// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.Sentinels;
import org.citywall.masking.sql.TestRights;

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

  private ProxiedDemo(TestProxy proxy) {
    this.proxy = proxy;
  }

  static ProxiedDemo start() throws IOException, SQLException {
    return start(WireLimits.DEFAULT);
  }

  static ProxiedDemo start(WireLimits limits) throws IOException, SQLException {
    ProxiedDemo demo = new ProxiedDemo(new TestProxy(limits, WireTls.OFF, true));
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
    proxy.with(USER, new Versioned(rights, version));
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
