// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One thing that catalogue and database do not agree about.
 *
 * @param column null where the whole table is meant
 * @param detail for people; empty where the kind says it all
 */
public record CatalogueGap(Kind kind, TableName table, @Nullable String column, String detail) {

  /** What is wrong. */
  public enum Kind {
    /** The database has a table that the catalogue lacks (有数据无目录). */
    TABLE_UNCATALOGUED,
    /** The database has a column that the catalogue lacks (有数据无目录). */
    COLUMN_UNCATALOGUED,
    /** The catalogue has a table that the database lacks (有目录无数据). */
    TABLE_MISSING,
    /** The catalogue has a column that the database lacks (有目录无数据). */
    COLUMN_MISSING,
    /** The column has another type than when it was catalogued. */
    TYPE_CHANGED,
    /** A graded column for which no mask is set: who may not see it sees nothing. */
    WITHOUT_MASK,
    /** A graded column whose category has no rules in the catalogue. */
    CATEGORY_WITHOUT_RULES,
    /** The mask has no room in the column's type, so that it shows nothing. */
    MASK_UNFIT
  }

  /** Table and column. */
  public String place() {
    return column == null ? table.toString() : table + "." + column;
  }
}
