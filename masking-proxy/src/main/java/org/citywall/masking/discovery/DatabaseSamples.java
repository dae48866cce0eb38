// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.sql.facts.Identifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first rows of tables, as far as the login may read them. */
public final class DatabaseSamples implements Samples {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSamples.class);

  /** Characters of a value; nothing that has check digits is longer. */
  private static final int LONGEST = 64;

  private final Connection connection;
  private final int rows;

  /**
   * Samples of one database.
   *
   * @param rows of each table
   */
  public DatabaseSamples(Connection connection, int rows) {
    this.connection = connection;
    this.rows = rows;
  }

  @Override
  public Map<String, List<String>> of(LiveTable table) {
    List<LiveColumn> columns =
        table.columns().values().stream()
            .filter(column -> column.type().kind() != ColumnType.Kind.OTHER)
            .toList();
    if (columns.isEmpty()) {
      return Map.of();
    }
    String selected =
        columns.stream()
            .map(
                column ->
                    "left(CAST(" + Identifier.quoted(column.name()) + " AS text), " + LONGEST + ")")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT " + selected + " FROM " + Identifier.quoted(table.name()) + " LIMIT " + rows;
    Map<String, List<String>> samples = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        for (int i = 0; i < columns.size(); i++) {
          String value = found.getString(i + 1);
          if (value != null && !value.isBlank()) {
            samples
                .computeIfAbsent(columns.get(i).name(), name -> new ArrayList<>())
                .add(value.strip());
          }
        }
      }
      return samples;
    } catch (SQLException e) {
      // its message may hold a value
      LOG.atWarn()
          .addKeyValue("db.table", table.name())
          .addKeyValue("error.type", e.getSQLState())
          .log("no samples");
      return Map.of();
    }
  }
}
