// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What graphical clients ask the catalogue gives the same rows through the proxy. */
class CatalogueQueriesIT {

  private static ProxiedDemo demo;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(PsqlCommandsIT.resource("shop-setup.sql"));
    }
    demo.see(new TestRights().passUnknownTables(), "open");
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @Test
  void givesTheSameRowsThroughTheProxy() throws IOException, SQLException {
    List<String> statements =
        Stream.of(PsqlCommandsIT.resource("catalogue-queries.sql").split("\n\n", -1))
            .filter(statement -> !statement.startsWith("--"))
            .toList();
    Map<String, String> different = new LinkedHashMap<>();
    try (Connection direct = direct();
        Connection proxied = demo.proxy().connect(ProxiedDemo.USER)) {
      for (String statement : statements) {
        String expected = answer(direct, statement);
        String found = answer(proxied, statement);
        if (!found.equals(expected) || expected.startsWith("ERROR")) {
          different.put(statement, expected + "---- through the proxy\n" + found);
        }
      }
    }

    assertThat(different).isEmpty();
    assertThat(statements).hasSizeGreaterThan(50);
  }

  private static Connection direct() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + demo.proxy().database.port() + "/demo", "app", "app");
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      StringBuilder text = new StringBuilder();
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            append(text, result);
          }
        } else {
          text.append(statement.getUpdateCount()).append('\n');
        }
        rows = statement.getMoreResults();
      }
      return text.toString();
    } catch (SQLException e) {
      return "ERROR " + e.getSQLState() + ' ' + e.getMessage();
    }
  }

  private static void append(StringBuilder text, ResultSet rows) throws SQLException {
    int width = rows.getMetaData().getColumnCount();
    for (int i = 1; i <= width; i++) {
      text.append(rows.getMetaData().getColumnLabel(i))
          .append(' ')
          .append(rows.getMetaData().getColumnTypeName(i))
          .append('|');
    }
    while (rows.next()) {
      text.append('\n');
      for (int i = 1; i <= width; i++) {
        text.append(rows.getString(i)).append('|');
      }
    }
    text.append('\n');
  }
}
