// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.log.Hash;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.FunctionBody;
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
          AND n.nspname NOT LIKE 'citywall\\_view\\_%'
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
  private static final String KEYS =
      "SELECT c.conrelid, a.attname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid ="
          + " c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'p' AND NOT c.condeferrable"
          + " ORDER BY c.conrelid, a.attnum";
  private static final String FUNCTIONS =
      "SELECT p.proname, n.nspname FROM pg_proc p"
          + " JOIN pg_namespace n ON n.oid = p.pronamespace UNION"
          + " SELECT o.oprname, n.nspname FROM pg_operator o JOIN pg_namespace n"
          + " ON n.oid = o.oprnamespace JOIN pg_proc p ON p.oid = o.oprcode JOIN pg_language l"
          + " ON l.oid = p.prolang WHERE n.nspname <> 'pg_catalog'"
          + " AND l.lanname NOT IN ('c', 'internal') ORDER BY 1, 2";

  /**
   * An operator whose function is not of the server or of an extension in C is like an aggregate of
   * that function. {@code $parsed} is the body of a function in the new style, where the server has
   * that.
   */
  private static final String BODIES =
      """
      SELECT p.proname,
        CASE p.prokind WHEN 'a' THEN 'aggregate' ELSE l.lanname END,
        p.provolatile = 'i',
        EXISTS (SELECT 1 FROM unnest(p.proconfig) c WHERE c NOT LIKE 'search\\_path=%'),
        CASE WHEN p.prokind = 'a'
          THEN (SELECT concat_ws(' ', aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,
            aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn)
            FROM pg_aggregate WHERE aggfnoid = p.oid)
        WHEN l.lanname IN ('sql', 'plpgsql', 'internal') THEN concat_ws(' ', p.prosrc, $parsed)
        END,
        pg_get_expr(p.proargdefaults, 0)
      FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
      WHERE p.pronamespace NOT IN
        ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      UNION ALL
      SELECT o.oprname, 'aggregate', false, false, o.oprcode::text, NULL
      FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode JOIN pg_language l ON l.oid = p.prolang
      WHERE o.oprnamespace <> 'pg_catalog'::regnamespace AND l.lanname NOT IN ('c', 'internal')
      ORDER BY 1, 5, 6
      """;

  private static final int FIRST_WITH_PARSED_BODIES = 14;

  private final Backend backend;

  SchemaReader(Backend backend) {
    this.backend = backend;
  }

  @Override
  public SchemaSnapshot read() throws SQLException {
    try (Connection connection = backend.connect("citywall schema")) {
      return read(connection);
    }
  }

  /** Reads in a transaction of a connection that nobody else uses. */
  static SchemaSnapshot read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
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
      Map<Long, List<String>> keys = new HashMap<>();
      for (List<String> row : rows(KEYS)) {
        keys.computeIfAbsent(oid(row), oid -> new ArrayList<>()).add(row.get(1));
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
                children.getOrDefault(oid(row), List.of()),
                keys.getOrDefault(oid(row), List.of())));
      }
      Map<String, Set<String>> functions = new HashMap<>();
      for (List<String> row : rows(FUNCTIONS)) {
        functions.computeIfAbsent(row.get(0), name -> new HashSet<>()).add(row.get(1));
      }
      Map<String, List<FunctionBody>> bodies = bodies();
      String version = Hash.sha256(content.toString().getBytes(UTF_8)).hex().substring(0, 16);
      return new SchemaSnapshot(version, relations, functions, bodies);
    }

    private Map<String, List<FunctionBody>> bodies() throws SQLException {
      boolean parsed =
          statement.getConnection().getMetaData().getDatabaseMajorVersion()
              >= FIRST_WITH_PARSED_BODIES;
      Map<String, List<FunctionBody>> bodies = new HashMap<>();
      for (List<String> row :
          rows(BODIES.replace("$parsed", parsed ? "pg_get_function_sqlbody(p.oid)" : "NULL"))) {
        bodies
            .computeIfAbsent(row.get(0), name -> new ArrayList<>())
            .add(
                new FunctionBody(
                    row.get(1),
                    row.get(2).equals("t"),
                    row.get(3).equals("t"),
                    row.get(4) + ' ' + row.get(5)));
      }
      return bodies;
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
