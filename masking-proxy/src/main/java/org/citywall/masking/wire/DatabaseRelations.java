// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.sql.Connection;
import java.sql.SQLException;
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
    try {
      SchemaSnapshot snapshot = SchemaReader.read(connection);
      // definitions name what is in pg_catalog without a schema
      SessionNames names = new SessionNames(List.of("pg_catalog"), Map.of(), "");
      return new DatabaseRelations(new SessionSchema(snapshot, names), snapshot.relations());
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
