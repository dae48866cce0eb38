// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.Scope;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.TableReference.Role;
import org.citywall.masking.sql.facts.Token;
import org.citywall.masking.sql.facts.Write;

/** Reads INSERT, UPDATE and DELETE, at the top or in a WITH clause. */
final class WriteTree {

  /** Rules that name a column that is written. */
  private static final Set<String> WRITTEN = Set.of("insertColumnItem", "setTarget");

  private static final Set<String> PARTS =
      Set.of(
          "setClauseList",
          "setClause",
          "setTargetList",
          "setTarget",
          "optOnConflict",
          "optConfExpr",
          "indexParams",
          "indexElem",
          "indexElemOptions",
          "optClass",
          "returningClause",
          "usingClause",
          "whereOrCurrentClause",
          "cursorName",
          "overrideKind");

  private final Names names;
  private final QueryTree tree;
  private final FactsBuilder facts;
  private final AssignmentTree assignments;
  private final List<String> columns = new ArrayList<>();

  WriteTree(Names names, QueryTree tree, FactsBuilder facts) {
    this.names = names;
    this.tree = tree;
    this.facts = facts;
    this.assignments = new AssignmentTree(names, facts);
  }

  /** Reads the statement; one of another kind is refused. */
  StatementKind read(ParserRuleContext node, Scope outer) {
    StatementKind kind =
        switch (Names.rule(node)) {
          case "insert" -> StatementKind.INSERT;
          case "update" -> StatementKind.UPDATE;
          case "delete" -> StatementKind.DELETE;
          default ->
              throw new StatementRefused(
                  MaskingErrorCode.STATEMENT_KIND_REFUSED, Names.rule(node), 0);
        };
    int before = facts.tables();
    Scope scope = tree.with(node, outer);
    TableReference target = target(node, scope);
    Optional<ParserRuleContext> rest = Names.child(node, "insertRest");
    rest.ifPresent(values -> values(values, scope));
    FactsBuilder.Names within = facts.begin();
    for (int i = 0; i < node.getChildCount(); i++) {
      if (!Set.of("withClause", "insertTarget", "insertRest", "relationExprOptAlias")
          .contains(Names.rule(node.getChild(i)))) {
        part(node.getChild(i), scope);
      }
    }
    facts.end();
    if (kind == StatementKind.UPDATE || kind == StatementKind.DELETE) {
      ConditionTree conditions = new ConditionTree(names, facts);
      conditions.target(target);
      conditions.read(node);
    }
    boolean everyColumn =
        rest.isPresent()
            && Names.child(rest.get(), "insertColumnList").isEmpty()
            && Names.child(rest.get(), "select").isPresent();
    facts.add(
        new Write(
            kind,
            target,
            columns,
            everyColumn,
            Names.child(node, "returningClause").isPresent(),
            facts.tablesSince(before),
            within.names(),
            within.selected(),
            assignments.found()));
    return kind;
  }

  private TableReference target(ParseTree node, Scope scope) {
    ParserRuleContext place =
        Names.child(node, "insertTarget")
            .orElseGet(() -> Names.required(node, "relationExprOptAlias"));
    ParseTree relation =
        Names.child(place, "relationExpr").orElseGet(() -> Names.required(place, "qualifiedName"));
    Optional<String> alias = Names.child(place, "colId").map(name -> names.first(name).text());
    return tree.table(relation, Role.TARGET, scope, alias);
  }

  private void values(ParseTree rest, Scope scope) {
    Names.child(rest, "insertColumnList").ifPresent(list -> part(list, scope));
    Names.child(rest, "select").ifPresent(query -> tree.read(query, scope));
    assignments.values(rest);
  }

  private void part(ParseTree node, Scope scope) {
    String rule = Names.rule(node);
    if (WRITTEN.contains(rule)) {
      Token column = names.first(node);
      columns.add(column.text());
      facts.label(column.start());
    } else if (PARTS.contains(rule) || rule.equals("insertColumnList")) {
      if (rule.equals("setClause")) {
        assignments.set(node);
      }
      for (int i = 0; i < node.getChildCount(); i++) {
        part(node.getChild(i), scope);
      }
    } else {
      tree.read(node, scope);
    }
  }
}
