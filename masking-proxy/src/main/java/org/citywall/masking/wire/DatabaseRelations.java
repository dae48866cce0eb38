// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.SchemaView;

/**
 * All relations of a database as the proxy reads them, beyond any session.
 *
 * @param schema what names mean where each has its schema
 */
public record DatabaseRelations(SchemaView schema, Collection<Relation> relations) {

  public DatabaseRelations {
    relations = List.copyOf(relations);
  }

  /** Reads them over a connection of its own; {@code MSK-0062} where that fails. */
  public static DatabaseRelations read(Connection connection) {
    // definitions name what is in pg_catalog without a schema
    return read(connection, sql -> List.of("pg_catalog"));
  }

  /** The same, and what names without a schema mean to a session that has just begun. */
  public static DatabaseRelations ofNewSession(Connection connection) {
    return read(connection, DatabaseRelations::path);
  }

  /** Asks a connection for schemas that are searched. */
  private interface Path {
    List<String> of(Connection connection) throws SQLException;
  }

  private static List<String> path(Connection connection) throws SQLException {
    List<String> path = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT pg_catalog.unnest(pg_catalog.current_schemas(true))")) {
      while (rows.next()) {
        path.add(rows.getString(1));
      }
    }
    return path;
  }

  private static DatabaseRelations read(Connection connection, Path path) {
    try {
      SessionNames names = new SessionNames(path.of(connection), Map.of(), "");
      SchemaSnapshot snapshot = SchemaReader.read(connection);
      return new DatabaseRelations(new SessionSchema(snapshot, names), snapshot.relations());
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
