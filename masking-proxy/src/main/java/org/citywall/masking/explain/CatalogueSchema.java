// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.RelationColumn;
import org.citywall.masking.sql.RelationKind;
import org.citywall.masking.sql.SchemaView;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a catalogue as if a database had them. A name that the catalogue lacks is taken for
 * a table that it lacks, so that policy and not a missing table answers.
 */
record CatalogueSchema(Catalogue catalogue) implements SchemaView {

  private static final ColumnType TEXT = new ColumnType("text");
  private static final String SEARCH_PATH = "public";
  private static final String CATALOG = "pg_catalog";

  @Override
  public Optional<Relation> relation(@Nullable String schema, String name) {
    // PostgreSQL looks for its own relations first
    String usual = name.startsWith("pg_") ? CATALOG : SEARCH_PATH;
    TableName table = new TableName(schema == null ? usual : schema, name);
    List<RelationColumn> columns = new ArrayList<>();
    catalogue.table(table).stream()
        .flatMap(found -> found.columns().keySet().stream())
        .forEach(column -> columns.add(new RelationColumn(column, TEXT, columns.size() + 1)));
    RelationKind kind =
        Set.of(CATALOG, "information_schema").contains(table.schema())
            ? RelationKind.SYSTEM
            : RelationKind.TABLE;
    return Optional.of(
        new Relation(0, table, kind, columns, null, List.of(), List.of(), List.of()));
  }

  @Override
  public List<TableName> named(String name) {
    return catalogue.tables().keySet().stream().filter(table -> table.name().equals(name)).toList();
  }

  @Override
  public Set<String> schemasOfFunction(String name) {
    return Set.of();
  }

  @Override
  public String version() {
    return catalogue.version();
  }
}
