// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * What names mean to a connection now, read of it as far as it is asked for: a script changes the
 * schema thousands of times. Reads only; leaves the connection's settings as they are.
 */
final class LiveSchema implements SchemaView {

  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "pg_toast");

  private record Found(long oid, TableName name, String kind, String persistence) {}

  private final Connection connection;
  private final String version;
  private final List<String> path = new ArrayList<>();
  private final Map<TableName, Found> names = new HashMap<>();
  private final Map<Long, TableName> byOid = new HashMap<>();
  private final Map<String, List<TableName>> byLastName = new HashMap<>();
  private final Map<TableName, Relation> relations = new HashMap<>();
  private final Map<Long, List<Long>> parents = new HashMap<>();
  private final Map<Long, List<Long>> children = new HashMap<>();
  private final Map<Long, List<String>> keys = new HashMap<>();
  private final Map<String, Set<String>> functions = new HashMap<>();
  private final Map<String, List<FunctionBody>> bodies;

  LiveSchema(Connection connection, String version) throws SQLException {
    this.connection = connection;
    this.version = version;
    for (List<String> row : rows("SELECT unnest(pg_catalog.current_schemas(true))")) {
      path.add(row.getFirst());
    }
    for (List<String> row :
        rows(
            "SELECT c.oid, nspname, relname, relkind, relpersistence FROM pg_catalog.pg_class c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = relnamespace WHERE relkind IN"
                + " ('r','p','f','v','m','S','t')")) {
      TableName name = new TableName(row.get(1), row.get(2));
      long oid = Long.parseLong(row.get(0));
      names.put(name, new Found(oid, name, row.get(3), row.get(4)));
      byOid.put(oid, name);
      byLastName.computeIfAbsent(name.name(), n -> new ArrayList<>()).add(name);
    }
    for (List<String> row : rows("SELECT inhrelid, inhparent FROM pg_catalog.pg_inherits")) {
      long child = Long.parseLong(row.get(0));
      long parent = Long.parseLong(row.get(1));
      parents.computeIfAbsent(child, oid -> new ArrayList<>()).add(parent);
      children.computeIfAbsent(parent, oid -> new ArrayList<>()).add(child);
    }
    for (List<String> row :
        rows(
            "SELECT c.conrelid, a.attname FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_attribute a"
                + " ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'p'"
                + " AND NOT c.condeferrable")) {
      keys.computeIfAbsent(Long.parseLong(row.get(0)), oid -> new ArrayList<>()).add(row.get(1));
    }
    for (List<String> row : rows(DatabaseFunctions.SCHEMAS)) {
      functions.computeIfAbsent(row.get(0), n -> new HashSet<>()).add(row.get(1));
    }
    bodies = DatabaseFunctions.read(connection);
  }

  private List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
    }
    return all;
  }

  @Override
  public Optional<Relation> relation(@Nullable String schema, String name) {
    return (schema == null || schema.equals("pg_temp") ? path : List.of(schema))
        .stream()
            .filter(one -> !"pg_temp".equals(schema) || one.startsWith("pg_temp_"))
            .map(one -> names.get(new TableName(one, name)))
            .filter(Objects::nonNull)
            .map(this::relation)
            .findFirst();
  }

  /** The relation of this object id; empty for one that is no relation with rows. */
  Optional<Relation> relation(long oid) {
    return Optional.ofNullable(byOid.get(oid)).map(names::get).map(this::relation);
  }

  private Relation relation(Found found) {
    Relation known = relations.get(found.name);
    if (known == null) {
      try {
        known = read(found);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      relations.put(found.name, known);
    }
    return known;
  }

  private Relation read(Found found) throws SQLException {
    List<RelationColumn> columns = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT attname, pg_catalog.format_type(atttypid, atttypmod), attnum FROM"
                + " pg_catalog.pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT"
                + " attisdropped ORDER BY attnum")) {
      statement.setLong(1, found.oid);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(
              new RelationColumn(
                  rows.getString(1), new ColumnType(rows.getString(2)), rows.getInt(3)));
        }
      }
    }
    RelationKind kind = kind(found);
    boolean view = kind == RelationKind.VIEW || kind == RelationKind.MATVIEW;
    return new Relation(
        found.oid,
        found.name,
        kind,
        columns,
        view ? definition(found.oid) : null,
        kin(parents, found.oid),
        kin(children, found.oid),
        keys.getOrDefault(found.oid, List.of()));
  }

  private List<TableName> kin(Map<Long, List<Long>> links, long oid) {
    return links.getOrDefault(oid, List.of()).stream()
        .map(byOid::get)
        .filter(Objects::nonNull)
        .toList();
  }

  private String definition(long oid) throws SQLException {
    String setting = rows("SELECT pg_catalog.current_setting('search_path')").getFirst().getFirst();
    path("");
    String definition = rows("SELECT pg_catalog.pg_get_viewdef(" + oid + ")").getFirst().getFirst();
    path(setting);
    return definition;
  }

  private void path(String setting) throws SQLException {
    rows("SELECT pg_catalog.set_config('search_path', '" + setting.replace("'", "''") + "', true)");
  }

  private static RelationKind kind(Found found) {
    if (SYSTEM.contains(found.name.schema())) {
      return RelationKind.SYSTEM;
    }
    return switch (found.kind) {
      case "v" -> RelationKind.VIEW;
      case "m" -> RelationKind.MATVIEW;
      case "S" -> RelationKind.SEQUENCE;
      case "p" -> RelationKind.PARTITIONED;
      case "f" -> RelationKind.FOREIGN;
      default -> found.persistence.equals("t") ? RelationKind.TEMP : RelationKind.TABLE;
    };
  }

  @Override
  public List<TableName> named(String name) {
    return byLastName.getOrDefault(name, List.of());
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
    return version;
  }
}
