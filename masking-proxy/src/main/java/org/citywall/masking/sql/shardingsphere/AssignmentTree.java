// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.citywall.masking.sql.facts.Assignment;
import org.citywall.masking.sql.facts.FactsBuilder;

/** Finds constants and parameters that INSERT or UPDATE writes as they are. */
final class AssignmentTree {

  private static final Set<String> ROWS = Set.of("row", "explicitRow", "implicitRow");

  private final Names names;
  private final ConditionTree conditions;
  private final List<Assignment> found = new ArrayList<>();

  AssignmentTree(Names names, FactsBuilder facts) {
    this.names = names;
    this.conditions = new ConditionTree(names, facts);
  }

  List<Assignment> found() {
    return found;
  }

  /** Reads what INSERT names and the rows of its VALUES. */
  void values(ParseTree rest) {
    List<ParseTree> columns = new ArrayList<>();
    Names.child(rest, "insertColumnList").ifPresent(list -> items(list, columns));
    ParseTree node = Names.child(rest, "select").orElse(null);
    while (node != null && node.getChildCount() == 1 && !Names.rule(node).equals("valuesClause")) {
      node = node.getChild(0);
    }
    if (node != null && Names.rule(node).equals("valuesClause")) {
      rows(node, columns);
    }
  }

  /** Reads one item of SET. */
  void set(ParseTree clause) {
    List<ParseTree> columns = new ArrayList<>();
    items(clause, columns);
    ParseTree value = Names.required(clause, "aExpr");
    if (Names.child(clause, "setTarget").isPresent()) {
      add(columns.getFirst(), value);
      return;
    }
    ParseTree row = ConditionTree.inner(value);
    if (ROWS.contains(Names.rule(row))) {
      List<ParseTree> values = new ArrayList<>();
      Names.child(row, "exprList").ifPresent(list -> ConditionTree.values(list, values));
      Names.child(row, "aExpr").ifPresent(values::add);
      for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
        add(columns.get(i), values.get(i));
      }
    }
  }

  private static void items(ParseTree node, List<ParseTree> columns) {
    for (int i = 0; i < node.getChildCount(); i++) {
      ParseTree child = node.getChild(i);
      switch (Names.rule(child)) {
        case "insertColumnItem", "setTarget" -> columns.add(child);
        case "insertColumnList", "setTargetList" -> items(child, columns);
        default -> {
          // a sign between them, or a value
        }
      }
    }
  }

  private void rows(ParseTree clause, List<ParseTree> columns) {
    Names.child(clause, "valuesClause").ifPresent(before -> rows(before, columns));
    List<ParseTree> values = new ArrayList<>();
    ConditionTree.values(Names.required(clause, "exprList"), values);
    for (int i = 0; i < values.size(); i++) {
      if (columns.isEmpty()) {
        add("", i, values.get(i));
      } else if (i < columns.size()) {
        add(columns.get(i), values.get(i));
      }
    }
  }

  private void add(ParseTree column, ParseTree value) {
    add(names.first(column).text(), -1, value);
  }

  private void add(String column, int place, ParseTree value) {
    conditions
        .operand(value)
        .ifPresent(token -> found.add(new Assignment(column, place, token.start())));
  }
}
