// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.masking.sql.DemoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseUsageIT extends UsageContract {

  private static DemoDatabase database;

  private List<Usage> proxies = List.of();

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = DemoDatabase.start();
    install();
  }

  private static void install() throws SQLException {
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(DatabaseUsage.script("app"));
    }
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
  }

  @BeforeEach
  void open() {
    proxies = List.of(usage(), usage());
  }

  private static Usage usage() {
    return new DatabaseUsage(() -> database.connect("app"));
  }

  @AfterEach
  void close() {
    proxies.forEach(Usage::close);
  }

  @Override
  List<Usage> proxies() {
    return proxies;
  }

  @Override
  Usage restarted() throws SQLException {
    close();
    install();
    open();
    return proxies.getFirst();
  }

  @Test
  void letsTheProxysLoginReachNothingButTheFunctions() throws SQLException {
    try (Connection app = database.connect("app");
        Statement statement = app.createStatement()) {
      for (String reach :
          List.of(
              "SELECT * FROM citywall.usage",
              "UPDATE citywall.usage SET used = 0",
              "DELETE FROM citywall.usage",
              "CREATE TABLE citywall.mine(a int)",
              "ALTER FUNCTION citywall.forget_usage() SECURITY INVOKER",
              "SET ROLE citywall_usage")) {
        assertThatThrownBy(() -> statement.execute(reach))
            .as(reach)
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
  }

  @Test
  void forgetsWhatExpiredADayAgoAndNothingElse() throws SQLException {
    Usage usage = proxies.getFirst();
    UsageKey key = key();
    taken(usage.take(key, 5, 1));
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "INSERT INTO citywall.usage SELECT 'ended ' || hours, 1, now() - make_interval(hours =>"
              + " hours) FROM unnest(ARRAY[1, 23, 25, 1000]) AS hours");

      usage.forget();

      Awaitility.await()
          .untilAsserted(() -> assertThat(ended(statement)).containsExactly("ended 1", "ended 23"));
    }
    assertThat(taken(usage.take(key, 5, 1))).isEqualTo(new Usage.Taken(1, 3));
  }

  private static List<String> ended(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT key FROM citywall.usage WHERE key LIKE 'ended %' ORDER BY 1")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  @Test
  void goesOnAfterItsConnectionBroke() throws SQLException {
    Usage usage = proxies.getFirst();
    UsageKey key = key();
    taken(usage.take(key, 5, 1));
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
    }

    assertThatThrownBy(() -> taken(usage.take(key, 5, 1))).hasMessageContaining("MSK-0034");
    assertThat(taken(usage.take(key, 5, 1))).isEqualTo(new Usage.Taken(1, 3));
  }
}
