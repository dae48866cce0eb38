// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * A part of a statement that writes rows.
 *
 * @param columns columns that are written
 * @param everyColumn whether columns are written without being named
 * @param returning whether it returns rows
 * @param reads relations that it reads
 * @param names names that may be columns of the target: in RETURNING, WHERE, SET and what is below
 * @param selected fields that are selected of a composite value there
 * @param assignments constants and parameters that are written as they are
 */
public record Write(
    StatementKind kind,
    TableReference target,
    List<String> columns,
    boolean everyColumn,
    boolean returning,
    List<TableReference> reads,
    List<ColumnName> names,
    List<String> selected,
    List<Assignment> assignments) {

  public Write {
    columns = List.copyOf(columns);
    reads = List.copyOf(reads);
    names = List.copyOf(names);
    selected = List.copyOf(selected);
    assignments = List.copyOf(assignments);
  }
}
