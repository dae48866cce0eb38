// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * A condition that a column equals a constant, or one of several, and that every row has to meet:
 * one of those that AND joins in WHERE, or in ON of an inner join whose rows no outer join
 * replaces.
 *
 * @param column as it is named
 * @param operator position of {@code =} or {@code IN}
 * @param operands positions of the constants and parameters, each of which may stand in one cast
 * @param from what the column may belong to
 */
public record Equality(ColumnName column, int operator, List<Integer> operands, FromClause from) {

  /** So many constants may stand in a list; a longer one is no fact. */
  public static final int MOST_OPERANDS = 100;

  public Equality {
    operands = List.copyOf(operands);
  }
}
