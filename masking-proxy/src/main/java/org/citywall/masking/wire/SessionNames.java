// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.RelationColumn;
import org.citywall.masking.sql.RelationKind;

/**
 * The search path of a session and the relations that only it has.
 *
 * @param path schemas in the order in which they are searched, with those that PostgreSQL adds
 * @param own relations of the temporary schema
 * @param version names path and relations; sessions with relations of their own share none
 */
record SessionNames(List<String> path, Map<TableName, Relation> own, String version) {

  /** Asks for what {@link #read} reads: rows of kind, three texts and a number. */
  static final String QUERY =
      """
      SELECT 'path', s, '', '', n::text FROM pg_catalog.unnest(pg_catalog.current_schemas(true))
        WITH ORDINALITY AS u(s, n)
      UNION ALL
      SELECT 'relation', n.nspname::text, c.relname::text,
        c.relkind::text || CASE WHEN c.relkind = 'v'
          THEN pg_catalog.pg_get_viewdef(c.oid) ELSE '' END, c.oid::text
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind IN ('r', 'p', 'v', 'S')
      UNION ALL
      SELECT 'column', c.oid::text, a.attname::text,
        pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnum::text
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind IN ('r', 'p', 'v', 'S')
        AND a.attnum > 0 AND NOT a.attisdropped
      """;

  static final SessionNames NONE = new SessionNames(List.of(), Map.of(), "");

  String ownSchema() {
    return path.stream().filter(one -> one.startsWith("pg_temp_")).findFirst().orElse("pg_temp");
  }

  /**
   * Reads the answer, messages DataRow one behind the other.
   *
   * @param session names the session
   */
  static SessionNames read(ByteBuf rows, String session) {
    Map<Integer, String> path = new HashMap<>();
    Map<Long, List<String>> relations = new LinkedHashMap<>();
    Map<Long, Map<Integer, RelationColumn>> columns = new HashMap<>();
    while (rows.isReadable()) {
      List<String> row = row(rows);
      switch (row.get(0)) {
        case "path" -> path.put(Integer.parseInt(row.get(4)), row.get(1));
        case "relation" -> relations.put(Long.parseLong(row.get(4)), row);
        default ->
            columns
                .computeIfAbsent(Long.parseLong(row.get(1)), oid -> new HashMap<>())
                .put(
                    Integer.parseInt(row.get(4)),
                    new RelationColumn(
                        row.get(2), new ColumnType(row.get(3)), Integer.parseInt(row.get(4))));
      }
    }
    Map<TableName, Relation> own = new HashMap<>();
    relations.forEach((oid, row) -> add(own, oid, row, columns.getOrDefault(oid, Map.of())));
    List<String> searched =
        path.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    String version =
        "|" + searched + (own.isEmpty() ? "" : "|" + session + "|" + relations + columns);
    return new SessionNames(searched, own, version);
  }

  private static void add(
      Map<TableName, Relation> own,
      long oid,
      List<String> row,
      Map<Integer, RelationColumn> columns) {
    TableName name = new TableName(row.get(1), row.get(2));
    String kind = row.get(3).substring(0, 1);
    List<RelationColumn> inOrder =
        columns.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    own.put(
        name,
        new Relation(
            oid,
            name,
            switch (kind) {
              case "v" -> RelationKind.VIEW;
              case "S" -> RelationKind.SEQUENCE;
              default -> RelationKind.TEMP;
            },
            inOrder,
            kind.equals("v") ? row.get(3).substring(1) : null,
            List.of(),
            List.of(),
            List.of()));
  }

  private static List<String> row(ByteBuf rows) {
    rows.skipBytes(5);
    int count = rows.readShort();
    List<String> row = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = rows.readInt();
      row.add(length < 0 ? "" : rows.readCharSequence(length, UTF_8).toString());
    }
    return row;
  }
}
