// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The facts of one statement while its tree is read. */
public final class FactsBuilder {

  private final List<TableReference> tables = new ArrayList<>();
  private final Map<Integer, TableReference> byPosition = new HashMap<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<FunctionUse> functions = new ArrayList<>();
  private final Set<Integer> labels = new HashSet<>();
  private final List<Setting> settings = new ArrayList<>();
  private final List<OutputColumn> outputs = new ArrayList<>();
  private final List<Equality> equalities = new ArrayList<>();
  private final List<Grouping> groupings = new ArrayList<>();
  private final List<ColumnName> names = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();
  private final Deque<Names> open = new ArrayDeque<>();

  /** Names within a part of a statement that writes. */
  public record Names(List<ColumnName> names, List<String> selected) {}

  /** From here to {@link #end}, names may be columns of what is written. */
  public Names begin() {
    Names within = new Names(new ArrayList<>(), new ArrayList<>());
    open.push(within);
    return within;
  }

  /** Ends what {@link #begin} began last. */
  public void end() {
    open.pop();
  }

  /** A relation is named. */
  public void add(TableReference table) {
    tables.add(table);
    byPosition.put(table.at(), table);
  }

  /** How many relations were named so far. */
  public int tables() {
    return tables.size();
  }

  /** The relations that were named after so many. */
  public List<TableReference> tablesSince(int count) {
    return List.copyOf(tables.subList(count, tables.size()));
  }

  /** The relation that is named at this position. */
  public Optional<TableReference> tableAt(int position) {
    return Optional.ofNullable(byPosition.get(position));
  }

  /** A column has to equal a constant. */
  public void add(Equality equality) {
    equalities.add(equality);
  }

  /** Rows are grouped by columns. */
  public void add(Grouping grouping) {
    groupings.add(grouping);
  }

  /** Rows are written. */
  public void add(Write write) {
    writes.add(write);
  }

  /** A function is called. */
  public void add(FunctionUse function) {
    functions.add(function);
  }

  /** A setting is changed or shown. */
  public void add(Setting setting) {
    settings.add(setting);
  }

  /** The columns of the result. */
  public void outputs(List<OutputColumn> columns) {
    outputs.addAll(columns);
  }

  /** A name at this position names neither relation, column nor function. */
  public void label(int position) {
    labels.add(position);
  }

  /** A column is named. */
  public void add(ColumnName name) {
    names.add(name);
    open.forEach(within -> within.names.add(name));
  }

  /** A field of a composite value is selected. */
  public void select(String field) {
    selected.add(field);
    open.forEach(within -> within.selected.add(field));
  }

  /** The facts so far. */
  public StatementFacts facts(StatementKind kind, StatementKind inner) {
    return new StatementFacts(
        kind,
        inner,
        tables,
        writes,
        functions,
        names,
        selected,
        labels,
        settings,
        outputs,
        equalities,
        groupings);
  }
}
