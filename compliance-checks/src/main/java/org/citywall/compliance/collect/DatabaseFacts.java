// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Asks a database server for facts, reading only and for a limited time. */
final class DatabaseFacts {

  private static final int SECONDS = 20;

  /** Asks one kind of server. */
  @FunctionalInterface
  interface Questions {
    JsonNode ask(Statement statement) throws SQLException;
  }

  private DatabaseFacts() {}

  static JsonNode read(DatabaseSource source, Questions questions) throws Uncollectable {
    try (Connection connection = source.open();
        Statement statement = connection.createStatement()) {
      connection.setReadOnly(true);
      statement.setQueryTimeout(SECONDS);
      return questions.ask(statement);
    } catch (SQLException e) {
      throw new Uncollectable("the server refuses: SQLSTATE " + e.getSQLState(), e);
    }
  }

  /** Adds the first column of every row. */
  static void names(Statement statement, String query, ArrayNode list) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        list.add(rows.getString(1));
      }
    }
  }
}
