// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.Scope;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.TableReference.Role;
import org.citywall.masking.sql.facts.Token;

/** Reads queries and expressions. A rule of the grammar that is not known here is refused. */
final class QueryTree {

  private static final Set<String> TRANSPARENT = GrammarRules.transparent();

  private final Names names;
  private final FactsBuilder facts;

  QueryTree(Names names, FactsBuilder facts) {
    this.names = names;
    this.facts = facts;
  }

  void read(ParseTree node, Scope scope) {
    if (node instanceof TerminalNode) {
      return;
    }
    switch (Names.rule(node)) {
      case "selectNoParens" -> children(node, with(node, scope));
      case "simpleSelect" -> {
        children(node, scope);
        new GroupingTree(names, facts).read(node, new ConditionTree(names, facts).read(node));
      }
      case "withClause" -> {
        // read by what it stands before
      }
      case "relationExpr" -> table(node, Role.SCAN, scope, alias(node));
      case "columnref" -> column(node, scope);
      case "targetEl" -> target(node, scope);
      case "funcApplication" -> function(node, scope);
      case "cExpr" -> {
        Names.child(node, "optIndirection").ifPresent(this::select);
        Names.child(node, "indirection").ifPresent(this::select);
        children(node, scope);
      }
      case "aexprConst" -> {
        Names.child(node, "funcName").ifPresent(this::label);
        children(node, scope, Set.of("funcName"));
      }
      case "genericType" -> {
        label(node);
        children(node, scope, Set.of("typeFunctionName", "attrs"));
      }
      case "anyOperator" -> operator(node);
      case "tablesampleClause", "repeatableClause" -> sample(node);
      case "lockedRelsList" -> names.all(node).forEach(name -> facts.label(name.start()));
      default -> {
        if (!TRANSPARENT.contains(Names.rule(node))) {
          throw names.refused(Names.rule(node), node);
        }
        children(node, scope);
      }
    }
  }

  void children(ParseTree node, Scope scope) {
    children(node, scope, Set.of());
  }

  void children(ParseTree node, Scope scope, Set<String> except) {
    for (int i = 0; i < node.getChildCount(); i++) {
      if (!except.contains(Names.rule(node.getChild(i)))) {
        read(node.getChild(i), scope);
      }
    }
  }

  /** Reads a WITH clause; gives the scope of what it stands before. */
  Scope with(ParseTree statement, Scope scope) {
    Optional<ParserRuleContext> clause = Names.child(statement, "withClause");
    if (clause.isEmpty()) {
      return scope;
    }
    List<ParserRuleContext> expressions = new ArrayList<>();
    expressions(clause.get(), expressions);
    Set<String> seen = new HashSet<>();
    if (names.first(clause.get().getChild(1)).isWord("recursive")
        && clause.get().getChild(1) instanceof TerminalNode) {
      expressions.forEach(expression -> seen.add(names.first(expression).text()));
    }
    for (ParserRuleContext expression : expressions) {
      ParserRuleContext query = Names.required(expression, "preparableStmt");
      Scope inner = new Scope(scope, seen);
      if (Names.rule(query.getChild(0)).equals("select")) {
        read(query.getChild(0), inner);
      } else {
        new WriteTree(names, this, facts).read((ParserRuleContext) query.getChild(0), inner);
      }
      seen.add(names.first(expression).text());
    }
    return new Scope(scope, seen);
  }

  private static void expressions(ParseTree node, List<ParserRuleContext> found) {
    for (int i = 0; i < node.getChildCount(); i++) {
      ParseTree child = node.getChild(i);
      if (Names.rule(child).equals("commonTableExpr")) {
        found.add((ParserRuleContext) child);
      } else if (Names.rule(child).equals("cteList")) {
        expressions(child, found);
      }
    }
  }

  /** The alias that follows a table in a FROM clause. */
  private Optional<String> alias(ParseTree relation) {
    return Names.child(relation.getParent(), "aliasClause")
        .flatMap(clause -> Names.child(clause, "colId"))
        .map(name -> names.first(name).text());
  }

  /** Reads the name of a table, which may stand behind ONLY. */
  TableReference table(ParseTree node, Role role, Scope scope, Optional<String> alias) {
    ParseTree name =
        Names.rule(node).equals("qualifiedName") ? node : Names.required(node, "qualifiedName");
    List<Token> parts = names.all(name);
    Token last = parts.getLast();
    TableReference reference =
        new TableReference(
            role,
            parts.size() > 1 ? parts.get(parts.size() - 2).text() : null,
            last.text(),
            parts.getFirst().start(),
            !name.equals(node) && node.getChild(0).getText().equals("only"),
            role == Role.SCAN && parts.size() == 1 && scope.sees(last.text()),
            alias.orElse(null));
    facts.add(reference);
    return reference;
  }

  private void column(ParseTree node, Scope scope) {
    List<String> parts = new ArrayList<>();
    Token first = names.first(node);
    parts.add(first.text());
    boolean star = false;
    boolean selecting = false;
    List<ParserRuleContext> steps = steps(node);
    for (ParserRuleContext step : steps) {
      Optional<ParserRuleContext> field = Names.child(step, "attrName");
      selecting |= step.getChild(0).getText().equals("[");
      if (field.isPresent() && selecting) {
        facts.select(names.first(field.get()).text());
      } else if (field.isPresent()) {
        parts.add(names.first(field.get()).text());
      } else if (!selecting) {
        star = true;
      }
      children(step, scope, Set.of("attrName"));
    }
    facts.add(new ColumnName(parts, star, first.start()));
  }

  private static List<ParserRuleContext> steps(ParseTree node) {
    List<ParserRuleContext> steps = new ArrayList<>();
    for (int i = 0; i < node.getChildCount(); i++) {
      ParseTree child = node.getChild(i);
      if (Names.rule(child).equals("indirectionEl")) {
        steps.add((ParserRuleContext) child);
      } else if (Names.rule(child).equals("indirection")
          || Names.rule(child).equals("optIndirection")) {
        steps.addAll(steps(child));
      }
    }
    return steps;
  }

  /** Fields that are selected behind brackets, a parameter or a sub-query. */
  private void select(ParseTree indirection) {
    for (ParserRuleContext step : steps(indirection)) {
      Names.child(step, "attrName")
          .ifPresentOrElse(
              field -> facts.select(names.first(field).text()),
              () -> {
                if (!step.getChild(0).getText().equals("[")) {
                  facts.select("*");
                }
              });
    }
  }

  private void target(ParseTree node, Scope scope) {
    Optional<ParserRuleContext> expression = Names.child(node, "aExpr");
    if (expression.isPresent()) {
      read(expression.get(), scope);
      Names.child(node, "identifier").ifPresent(this::label);
    } else if (Names.child(node, "colId").isPresent()) {
      Token row = names.first(node);
      facts.add(new ColumnName(List.of(row.text()), true, row.start()));
    } else {
      facts.add(new ColumnName(List.of(), true, names.first(node).start()));
    }
  }

  private void function(ParseTree node, Scope scope) {
    List<Token> parts = names.all(Names.required(node, "funcName"));
    if (isGrouping(parts, node)) {
      children(node, scope, Set.of("funcName"));
      return;
    }
    facts.add(
        new FunctionUse(
            parts.size() > 1 ? parts.get(parts.size() - 2).text() : null,
            parts.getLast().text(),
            parts.getFirst().start(),
            false,
            soleArgument(node)));
    children(node, scope, Set.of("funcName"));
  }

  /** Whether this is ROLLUP or CUBE, which alone as an item of GROUP BY are never functions. */
  private static boolean isGrouping(List<Token> name, ParseTree call) {
    if (name.size() > 1 || !name.getFirst().isWord("rollup") && !name.getFirst().isWord("cube")) {
      return false;
    }
    ParseTree node = call;
    while (node.getParent() != null && node.getParent().getChildCount() == 1) {
      node = node.getParent();
    }
    return node.getParent() != null && Names.rule(node.getParent()).equals("groupByList")
        || Names.rule(node).equals("groupByList");
  }

  /** The parts of the column name that is all between the brackets. */
  private List<String> soleArgument(ParseTree call) {
    ParseTree node =
        call.getChildCount() == 4 && call.getParent().getChildCount() == 1
            ? Names.child(call, "funcArgList").orElse(null)
            : null;
    while (node != null && node.getChildCount() == 1 && !Names.rule(node).equals("columnref")) {
      node = node.getChild(0);
    }
    if (node == null || !Names.rule(node).equals("columnref")) {
      return List.of();
    }
    return node.getText().matches(".*[\\[*].*")
        ? List.of()
        : names.all(node).stream().map(Token::text).toList();
  }

  private void operator(ParseTree node) {
    if (Names.child(node, "colId").isPresent() && !names.first(node).text().equals("pg_catalog")) {
      throw names.refused("an operator of another schema", node);
    }
  }

  private void sample(ParseTree node) {
    List<Token> named = names.all(node);
    boolean plain =
        named.stream()
            .allMatch(
                name ->
                    Set.of("tablesample", "repeatable", "system", "bernoulli")
                        .contains(name.text()));
    if (!plain) {
      throw names.refused("a sampling method, or a sample whose size is no constant", node);
    }
  }

  private void label(ParseTree node) {
    facts.label(names.first(node).start());
  }
}
