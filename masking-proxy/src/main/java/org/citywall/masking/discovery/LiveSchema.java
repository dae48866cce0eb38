// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds at one moment, but what belongs to the database itself.
 *
 * @param tables by name, in the order of schemas and names
 */
public record LiveSchema(String database, Map<TableName, LiveTable> tables) {

  /** In hardened mode the proxy keeps its own records there. */
  private static final String OWN = "citywall_hardened";

  private static final String TABLES =
      """
      SELECT c.oid, n.nspname, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''),
        pn.nspname, pc.relname
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
      LEFT JOIN pg_class pc ON pc.oid = i.inhparent
      LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f', 'm') AND c.relpersistence <> 't'
        AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname NOT IN ('information_schema', 'OWN')
      ORDER BY n.nspname, c.relname
      """
          .replace("OWN", OWN);
  private static final String COLUMNS =
      """
      SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
        coalesce(col_description(a.attrelid, a.attnum), '')
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'f', 'm')
        AND c.relpersistence <> 't'
      ORDER BY a.attrelid, a.attnum
      """;

  public LiveSchema {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /** Reads the catalogue of a database; {@code MSK-0062} where that fails. */
  public static LiveSchema read(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      Map<Long, Map<String, LiveColumn>> columns = columns(statement);
      Map<TableName, LiveTable> tables = new LinkedHashMap<>();
      for (List<String> row : rows(statement, TABLES)) {
        TableName name = new TableName(row.get(1), row.get(2));
        TableName parent =
            row.get(4) == null ? null : new TableName(row.get(4), String.valueOf(row.get(5)));
        tables.put(
            name,
            new LiveTable(
                name,
                row.get(3),
                parent,
                columns.getOrDefault(Long.parseLong(row.getFirst()), Map.of())));
      }
      return new LiveSchema(connection.getCatalog(), tables);
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<Long, Map<String, LiveColumn>> columns(Statement statement)
      throws SQLException {
    Map<Long, Map<String, LiveColumn>> columns = new LinkedHashMap<>();
    for (List<String> row : rows(statement, COLUMNS)) {
      columns
          .computeIfAbsent(Long.parseLong(row.getFirst()), oid -> new LinkedHashMap<>())
          .put(row.get(1), new LiveColumn(row.get(1), new ColumnType(row.get(2)), row.get(3)));
    }
    return columns;
  }

  private static List<List<@Nullable String>> rows(Statement statement, String sql)
      throws SQLException {
    List<List<@Nullable String>> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
          row.add(rows.getString(i));
        }
        all.add(row);
      }
    }
    return all;
  }

  /** How many columns there are. */
  public int columns() {
    return tables.values().stream().mapToInt(table -> table.columns().size()).sum();
  }
}
