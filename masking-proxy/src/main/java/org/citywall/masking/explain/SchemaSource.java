// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.explain;

import java.sql.Connection;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.sql.SchemaView;
import org.citywall.masking.wire.DatabaseRelations;

/** Where it is known from what names mean. */
public interface SchemaSource {

  /** What to call it, for example {@code catalogue}. */
  String name();

  /** What names mean now. */
  SchemaView view();

  /**
   * The catalogue alone, without a database: its tables with the columns that it lists, each a
   * text, found on the search path {@code public}. Views, partitions, functions of one's own and
   * columns that the catalogue lacks are not known.
   */
  static SchemaSource of(Catalogue catalogue) {
    return new SchemaSource() {
      @Override
      public String name() {
        return "catalogue";
      }

      @Override
      public SchemaView view() {
        return new CatalogueSchema(catalogue);
      }
    };
  }

  /**
   * What a database has now: keys, views, types and functions, and the search path of the login
   * that asks. Read at once; {@code MSK-0062} where that fails.
   */
  static SchemaSource of(Connection connection) {
    SchemaView read = DatabaseRelations.ofNewSession(connection).schema();
    return new SchemaSource() {
      @Override
      public String name() {
        return "database";
      }

      @Override
      public SchemaView view() {
        return read;
      }
    };
  }
}
