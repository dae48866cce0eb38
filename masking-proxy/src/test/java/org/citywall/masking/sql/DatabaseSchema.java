// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/** What names mean to a connection at the moment when this is made. */
final class DatabaseSchema implements SchemaView {

  private static final String COLUMNS =
      "SELECT attrelid, attname, format_type(atttypid, atttypmod), attnum FROM pg_attribute"
          + " WHERE attnum > 0 AND NOT attisdropped ORDER BY attrelid, attnum";
  private static final String RELATIONS =
      "SELECT c.oid, nspname, relname, relkind, relpersistence,"
          + " CASE WHEN relkind IN ('v', 'm') AND nspname NOT IN ('pg_catalog',"
          + " 'information_schema') THEN pg_get_viewdef(c.oid) END FROM pg_class c"
          + " JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN"
          + " ('r', 'p', 'f', 'v', 'm', 'S', 't')";

  private final List<String> path;
  private final Map<TableName, Relation> relations = new HashMap<>();
  private final Map<String, Set<String>> functions = new HashMap<>();
  private final Map<String, List<FunctionBody>> bodies;

  DatabaseSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      path = path(statement);
      String setting = one(statement, "SELECT current_setting('search_path')");
      one(statement, "SELECT set_config('search_path', '', false)");
      read(statement);
      bodies = DatabaseFunctions.read(connection);
      one(
          statement,
          "SELECT set_config('search_path', '" + setting.replace("'", "''") + "', false)");
    }
  }

  private static List<String> path(Statement statement) throws SQLException {
    List<String> path = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("SELECT unnest(current_schemas(true))")) {
      while (rows.next()) {
        path.add(rows.getString(1));
      }
    }
    return path;
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void read(Statement statement) throws SQLException {
    Map<Long, List<RelationColumn>> columns = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns
            .computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>())
            .add(
                new RelationColumn(
                    rows.getString(2), new ColumnType(rows.getString(3)), rows.getInt(4)));
      }
    }
    Map<Long, TableName> names = new HashMap<>();
    Map<Long, Set<Long>> parents = new HashMap<>();
    Map<Long, Set<Long>> children = new HashMap<>();
    try (ResultSet rows = statement.executeQuery("SELECT inhrelid, inhparent FROM pg_inherits")) {
      while (rows.next()) {
        long child = rows.getLong(1);
        long parent = rows.getLong(2);
        parents.computeIfAbsent(child, oid -> new HashSet<>()).add(parent);
        children.computeIfAbsent(parent, oid -> new HashSet<>()).add(child);
      }
    }
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT c.oid, nspname, relname FROM pg_class c"
                + " JOIN pg_namespace n ON n.oid = relnamespace")) {
      while (rows.next()) {
        names.put(rows.getLong(1), new TableName(rows.getString(2), rows.getString(3)));
      }
    }
    Map<Long, List<String>> keys = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT c.conrelid, a.attname FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'p'"
                + " AND NOT c.condeferrable")) {
      while (rows.next()) {
        keys.computeIfAbsent(rows.getLong(1), oid -> new ArrayList<>()).add(rows.getString(2));
      }
    }
    try (ResultSet rows = statement.executeQuery(RELATIONS)) {
      while (rows.next()) {
        long oid = rows.getLong(1);
        TableName name = new TableName(rows.getString(2), rows.getString(3));
        relations.put(
            name,
            new Relation(
                oid,
                name,
                kind(name.schema(), rows.getString(4), rows.getString(5)),
                columns.getOrDefault(oid, List.of()),
                rows.getString(6),
                parents.getOrDefault(oid, Set.of()).stream().map(names::get).toList(),
                children.getOrDefault(oid, Set.of()).stream().map(names::get).toList(),
                keys.getOrDefault(oid, List.of())));
      }
    }
    try (ResultSet rows = statement.executeQuery(DatabaseFunctions.SCHEMAS)) {
      while (rows.next()) {
        functions.computeIfAbsent(rows.getString(1), n -> new HashSet<>()).add(rows.getString(2));
      }
    }
  }

  private static RelationKind kind(String schema, String kind, String persistence) {
    if (Set.of("pg_catalog", "information_schema", "pg_toast").contains(schema)) {
      return RelationKind.SYSTEM;
    }
    return switch (kind) {
      case "v" -> RelationKind.VIEW;
      case "m" -> RelationKind.MATVIEW;
      case "S" -> RelationKind.SEQUENCE;
      case "p" -> RelationKind.PARTITIONED;
      case "f" -> RelationKind.FOREIGN;
      default -> persistence.equals("t") ? RelationKind.TEMP : RelationKind.TABLE;
    };
  }

  @Override
  public Optional<Relation> relation(@Nullable String schema, String name) {
    if (schema != null && !schema.equals("pg_temp")) {
      return Optional.ofNullable(relations.get(new TableName(schema, name)));
    }
    return path.stream()
        .filter(one -> schema == null || one.startsWith("pg_temp_"))
        .map(one -> relations.get(new TableName(one, name)))
        .filter(relation -> relation != null)
        .findFirst();
  }

  /** The tables of {@code public} and of the session. */
  List<TableName> tables() {
    return relations.values().stream()
        .filter(
            relation ->
                relation.kind() == RelationKind.TABLE || relation.kind() == RelationKind.TEMP)
        .map(Relation::name)
        .toList();
  }

  @Override
  public List<TableName> named(String name) {
    return relations.keySet().stream().filter(table -> table.name().equals(name)).toList();
  }

  @Override
  public Set<String> schemasOfFunction(String name) {
    return functions.getOrDefault(name, Set.of());
  }

  @Override
  public List<FunctionBody> bodies(String name) {
    return bodies.getOrDefault(name, List.of());
  }

  @Override
  public String version() {
    return Integer.toHexString(System.identityHashCode(this));
  }
}
