// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Brings rows into the database by COPY in text format. */
final class RowCopier {

  private final CopyManager manager;
  private final Map<String, StringBuilder> tables = new LinkedHashMap<>();

  RowCopier(Connection connection) throws SQLException {
    manager = connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** Copies table after table in the order in which the tables first appear. */
  void copy(DemoRows rows) throws SQLException {
    rows.forEach(this::add);
    for (Map.Entry<String, StringBuilder> table : tables.entrySet()) {
      CopyIn copy = manager.copyIn("COPY " + table.getKey() + " FROM STDIN");
      byte[] bytes = table.getValue().toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    }
  }

  // No value holds a tab, a line end or a backslash, so none needs an escape.
  private void add(String table, List<Object> row) {
    StringBuilder text = tables.computeIfAbsent(table, name -> new StringBuilder(1 << 20));
    for (int i = 0; i < row.size(); i++) {
      text.append(i == 0 ? "" : "\t").append(row.get(i));
    }
    text.append('\n');
  }
}
