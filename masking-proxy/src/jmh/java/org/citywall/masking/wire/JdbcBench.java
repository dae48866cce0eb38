// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Runs one statement after the other on one connection of a driver. */
final class JdbcBench {

  private static final int ACCOUNTS = 1_000_000;

  private int number;

  /** What is run; the same account does not come twice in a row. */
  enum Work {
    PREPARED("a row by its key, prepared, JDBC"),
    TEXT("a row by its key, another number in the text each time, JDBC"),
    MASKED("1,000 rows of four masked columns, JDBC");

    private final String label;

    Work(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  static Connection connect(Target target) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", target.user());
    login.setProperty("password", target.password());
    login.setProperty("sslmode", "disable");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + target.port() + "/" + BenchDatabase.NAME, login);
  }

  /**
   * Statements a second.
   *
   * @param persons the text by which masked rows are asked for
   */
  double rate(Connection connection, Work work, String persons, int seconds) throws SQLException {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long done = 0;
    long now = start;
    try (Statement statement = connection.createStatement();
        PreparedStatement prepared = prepared(connection, work)) {
      while (now < end) {
        try (ResultSet rows = run(statement, prepared, work, persons)) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
        done++;
        now = System.nanoTime();
      }
    }
    return done * 1e9 / (now - start);
  }

  private static PreparedStatement prepared(Connection connection, Work work) throws SQLException {
    return connection.prepareStatement(
        work == Work.PREPARED ? "SELECT abalance FROM pgbench_accounts WHERE aid = ?" : "SELECT 1");
  }

  private ResultSet run(Statement statement, PreparedStatement prepared, Work work, String persons)
      throws SQLException {
    number = (number + 7919) % ACCOUNTS;
    return switch (work) {
      case PREPARED -> {
        prepared.setInt(1, number + 1);
        yield prepared.executeQuery();
      }
      case TEXT ->
          statement.executeQuery(
              "SELECT abalance FROM pgbench_accounts WHERE aid = " + (number + 1));
      case MASKED -> statement.executeQuery(persons);
    };
  }
}
