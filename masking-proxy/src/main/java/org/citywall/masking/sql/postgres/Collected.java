// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.OutputColumn;
import org.citywall.masking.sql.facts.Setting;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Write;

/** The facts of one statement while its tree is read. */
final class Collected {

  final List<TableReference> tables = new ArrayList<>();
  final List<Write> writes = new ArrayList<>();
  final List<FunctionUse> functions = new ArrayList<>();
  final Set<Integer> labels = new HashSet<>();
  final List<Setting> settings = new ArrayList<>();
  final List<OutputColumn> outputs = new ArrayList<>();
  private final List<ColumnName> names = new ArrayList<>();
  private final List<String> selected = new ArrayList<>();
  private final Deque<Names> open = new ArrayDeque<>();

  /** Names within a part of a statement that writes. */
  record Names(List<ColumnName> names, List<String> selected) {}

  /** From here to {@link #end}, names may be columns of what is written. */
  Names begin() {
    Names within = new Names(new ArrayList<>(), new ArrayList<>());
    open.push(within);
    return within;
  }

  void end() {
    open.pop();
  }

  void add(ColumnName name) {
    names.add(name);
    open.forEach(within -> within.names.add(name));
  }

  void select(String field) {
    selected.add(field);
    open.forEach(within -> within.selected.add(field));
  }

  StatementFacts facts(StatementKind kind, StatementKind inner) {
    return new StatementFacts(
        kind, inner, tables, writes, functions, names, selected, labels, settings, outputs);
  }
}
