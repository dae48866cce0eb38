// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.citywall.audit.log.Hash;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.RelationColumn;
import org.citywall.masking.sql.RelationKind;
import org.jspecify.annotations.Nullable;

/** Reads a database's schema from its catalogue, over a connection of its own for each reading. */
final class SchemaReader implements SchemaCache.Source {

  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "pg_toast");

  private static final String RELATIONS =
      """
      SELECT c.oid, n.nspname, c.relname, c.relkind,
        CASE WHEN c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
          THEN pg_get_viewdef(c.oid) END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 't') AND c.relpersistence <> 't'
      ORDER BY c.oid
      """;
  private static final String COLUMNS =
      """
      SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnum
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE a.attnum > 0 AND NOT a.attisdropped
        AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 't') AND c.relpersistence <> 't'
      ORDER BY a.attrelid, a.attnum
      """;
  private static final String INHERITANCE =
      "SELECT inhrelid, inhparent FROM pg_inherits ORDER BY inhrelid, inhseqno";
  private static final String FUNCTIONS =
      "SELECT DISTINCT p.proname, n.nspname FROM pg_proc p"
          + " JOIN pg_namespace n ON n.oid = p.pronamespace ORDER BY 1, 2";

  private final Backend backend;

  SchemaReader(Backend backend) {
    this.backend = backend;
  }

  @Override
  public SchemaSnapshot read() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", backend.user());
    login.setProperty("password", backend.password().get().reveal());
    login.setProperty("ApplicationName", "citywall schema");
    login.setProperty("connectTimeout", "5");
    login.setProperty("socketTimeout", "30");
    String url =
        "jdbc:postgresql://"
            + backend.address().getHostString()
            + ':'
            + backend.address().getPort()
            + '/'
            + backend.database();
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      // View definitions then name every relation with its schema.
      statement.execute("SET LOCAL search_path = ''");
      return new Reading(statement).snapshot();
    }
  }

  /** One reading. */
  private static final class Reading {

    private final Statement statement;
    private final StringBuilder content = new StringBuilder();

    Reading(Statement statement) {
      this.statement = statement;
    }

    SchemaSnapshot snapshot() throws SQLException {
      Map<Long, List<RelationColumn>> columns = new HashMap<>();
      for (List<String> row : rows(COLUMNS)) {
        columns
            .computeIfAbsent(Long.parseLong(row.get(0)), oid -> new ArrayList<>())
            .add(
                new RelationColumn(
                    row.get(1), new ColumnType(row.get(2)), Integer.parseInt(row.get(3))));
      }
      List<List<String>> found = rows(RELATIONS);
      Map<Long, TableName> names = new HashMap<>();
      found.forEach(row -> names.put(oid(row), new TableName(row.get(1), row.get(2))));
      Map<Long, List<TableName>> parents = new HashMap<>();
      Map<Long, List<TableName>> children = new HashMap<>();
      for (List<String> row : rows(INHERITANCE)) {
        long child = Long.parseLong(row.get(0));
        long parent = Long.parseLong(row.get(1));
        link(parents, child, names.get(parent));
        link(children, parent, names.get(child));
      }
      List<Relation> relations = new ArrayList<>();
      for (List<String> row : found) {
        relations.add(
            new Relation(
                oid(row),
                new TableName(row.get(1), row.get(2)),
                kind(row.get(1), row.get(3)),
                columns.getOrDefault(oid(row), List.of()),
                row.get(4).isEmpty() ? null : row.get(4),
                parents.getOrDefault(oid(row), List.of()),
                children.getOrDefault(oid(row), List.of())));
      }
      Map<String, Set<String>> functions = new HashMap<>();
      for (List<String> row : rows(FUNCTIONS)) {
        functions.computeIfAbsent(row.get(0), name -> new HashSet<>()).add(row.get(1));
      }
      String version = Hash.sha256(content.toString().getBytes(UTF_8)).hex().substring(0, 16);
      return new SchemaSnapshot(version, relations, functions);
    }

    private static long oid(List<String> row) {
      return Long.parseLong(row.get(0));
    }

    private static void link(Map<Long, List<TableName>> links, long from, @Nullable TableName to) {
      if (to != null) {
        links.computeIfAbsent(from, oid -> new ArrayList<>()).add(to);
      }
    }

    private List<List<String>> rows(String sql) throws SQLException {
      List<List<String>> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(sql)) {
        int count = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> row = new ArrayList<>(count);
          for (int i = 1; i <= count; i++) {
            String value = rows.getString(i);
            row.add(value == null ? "" : value);
            content.append(value).append('\0');
          }
          all.add(row);
        }
      }
      return all;
    }

    private static RelationKind kind(String schema, String kind) {
      if (SYSTEM.contains(schema)) {
        return RelationKind.SYSTEM;
      }
      return switch (kind) {
        case "v" -> RelationKind.VIEW;
        case "m" -> RelationKind.MATVIEW;
        case "S" -> RelationKind.SEQUENCE;
        case "p" -> RelationKind.PARTITIONED;
        case "f" -> RelationKind.FOREIGN;
        default -> RelationKind.TABLE;
      };
    }
  }
}
