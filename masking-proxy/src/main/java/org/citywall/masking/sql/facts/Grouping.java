// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * A GROUP BY of nothing but columns.
 *
 * @param keys the columns in their order, at least one
 * @param from what the columns may belong to
 */
public record Grouping(List<ColumnName> keys, FromClause from) {

  public Grouping {
    keys = List.copyOf(keys);
  }
}
