// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;
import java.util.Set;

/**
 * What one statement does, by names and positions.
 *
 * @param inner kind of the statement inside EXPLAIN, PREPARE, DECLARE and COPY; else the kind
 *     itself
 * @param tables every relation that is named, those of common table expressions included
 * @param functions every function that is called by its name
 * @param names every column name
 * @param selected fields that are selected of a composite value: {@code (p).phone}
 * @param labels positions of names that name neither relation, column nor function: types, columns
 *     written, relations locked
 * @param outputs columns of the result, in order; empty where they cannot be told
 * @param equalities conditions by which rows may be looked up
 * @param groupings each GROUP BY of columns alone
 */
public record StatementFacts(
    StatementKind kind,
    StatementKind inner,
    List<TableReference> tables,
    List<Write> writes,
    List<FunctionUse> functions,
    List<ColumnName> names,
    List<String> selected,
    Set<Integer> labels,
    List<Setting> settings,
    List<OutputColumn> outputs,
    List<Equality> equalities,
    List<Grouping> groupings) {

  public StatementFacts {
    tables = List.copyOf(tables);
    writes = List.copyOf(writes);
    functions = List.copyOf(functions);
    names = List.copyOf(names);
    selected = List.copyOf(selected);
    labels = Set.copyOf(labels);
    settings = List.copyOf(settings);
    outputs = List.copyOf(outputs);
    equalities = List.copyOf(equalities);
    groupings = List.copyOf(groupings);
  }
}
