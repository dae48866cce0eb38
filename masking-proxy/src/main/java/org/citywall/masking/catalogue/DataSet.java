// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set of the catalogue: one table and who answers for it.
 *
 * @param id number in the catalogue, for example {@code 339900-RSJ-003}
 * @param title name that people know it by
 * @param owner code of the unit that answers for it
 * @param database database that holds it
 * @param schema schema of the table
 * @param table name of the table within its schema
 * @param category subject matter, for example {@code social-security}
 * @param level graded level, at least that of every column
 * @param columns graded columns; empty where only the whole is graded
 * @param subjectColumn column that identifies the person a row is about; null where rows are about
 *     no person
 */
public record DataSet(
    String id,
    String title,
    String owner,
    String database,
    String schema,
    String table,
    String category,
    DataLevel level,
    List<CatalogueColumn> columns,
    @Nullable String subjectColumn) {

  public DataSet {
    columns = List.copyOf(columns);
    for (CatalogueColumn column : columns) {
      if (column.level().compareTo(level) > 0) {
        throw new IllegalArgumentException(
            "column " + column.name() + " of " + id + " is above the level of the data set");
      }
    }
    if (subjectColumn != null
        && !columns.isEmpty()
        && columns.stream().noneMatch(column -> column.name().equals(subjectColumn))) {
      throw new IllegalArgumentException("data set " + id + " lacks its subject column");
    }
  }

  /** {@code schema.table}, as in the field {@code db.table}. */
  public String qualifiedTable() {
    return schema + "." + table;
  }
}
