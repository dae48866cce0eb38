// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.Equality;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.FromClause;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;

/**
 * Finds what columns have to equal in one query or write, whose relations have been read. The
 * grammar joins what has no ON from the right, so that only what follows from the side of a LEFT
 * JOIN is told of a relation; RIGHT and FULL make all of them padded.
 */
final class ConditionTree {

  private final Names names;
  private final FactsBuilder facts;
  private final List<TableReference> kept = new ArrayList<>();
  private final List<TableReference> padded = new ArrayList<>();
  private final List<ParseTree> conditions = new ArrayList<>();
  private boolean closed = true;

  ConditionTree(Names names, FactsBuilder facts) {
    this.names = names;
    this.facts = facts;
  }

  /** The relation that is written belongs to the clause. */
  void target(TableReference target) {
    kept.add(target);
  }

  /**
   * Reads the conditions; gives what the FROM clause names.
   *
   * @param query has the clauses FROM or USING, and WHERE, as its children
   */
  FromClause read(ParseTree query) {
    Names.child(query, "fromClause")
        .or(() -> Names.child(query, "usingClause"))
        .ifPresent(from -> list(Names.required(from, "fromList")));
    Names.child(query, "whereOrCurrentClause")
        .flatMap(clause -> Names.child(clause, "whereClause"))
        .or(() -> Names.child(query, "whereClause"))
        .flatMap(where -> Names.child(where, "aExpr"))
        .ifPresent(conditions::add);
    FromClause clause = new FromClause(kept, padded, closed);
    conditions.forEach(condition -> condition(condition, clause));
    return clause;
  }

  private void list(ParseTree list) {
    for (int i = 0; i < list.getChildCount(); i++) {
      ParseTree child = list.getChild(i);
      if (Names.rule(child).equals("fromList")) {
        list(child);
      } else if (Names.rule(child).equals("tableReference")) {
        item(child, hasFullJoin(child));
      }
    }
  }

  private static boolean hasFullJoin(ParseTree node) {
    if (Names.rule(node).equals("outerJoinType")) {
      return !Names.hasToken(node, "left");
    }
    if (Names.rule(node).equals("selectWithParens")) {
      return false;
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      if (hasFullJoin(node.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  private void item(ParseTree node, boolean outer) {
    Optional<? extends ParseTree> relation = Names.child(node, "relationExpr");
    Optional<? extends ParseTree> joined = Names.child(node, "joinedTable");
    boolean aliased = Names.child(node, "aliasClause").isPresent();
    if (relation.isPresent()) {
      table(node, relation.get(), outer);
    } else if (joined.isPresent() && !aliased) {
      item(Names.required(node, "tableReference"), outer);
      join(joined.get(), outer);
    } else {
      closed = false;
    }
  }

  private void table(ParseTree node, ParseTree relation, boolean outer) {
    boolean renamed =
        Names.child(node, "aliasClause")
            .map(alias -> Names.child(alias, "nameList").isPresent())
            .orElse(false);
    Optional<TableReference> table =
        facts.tableAt(names.first(Names.required(relation, "qualifiedName")).start());
    if (table.isEmpty() || table.get().cte() || renamed) {
      closed = false;
    } else {
      (outer ? padded : kept).add(table.get());
    }
  }

  private void join(ParseTree join, boolean outer) {
    boolean padding = Names.child(join, "outerJoinType").isPresent();
    item(Names.required(join, "tableReference"), outer || padding);
    if (!padding && !outer) {
      Names.child(join, "joinQual")
          .flatMap(qual -> Names.child(qual, "aExpr"))
          .ifPresent(conditions::add);
    }
  }

  private void condition(ParseTree node, FromClause from) {
    ParseTree expression = inner(node);
    if (expression.getChildCount() != 3) {
      return;
    }
    ParseTree left = expression.getChild(0);
    ParseTree middle = expression.getChild(1);
    ParseTree right = expression.getChild(2);
    if (Names.rule(middle).equals("andOperator")) {
      condition(left, from);
      condition(right, from);
    } else if (Names.rule(middle).equals("comparisonOperator") && middle.getText().equals("=")) {
      boolean turned = Names.rule(inner(right)).equals("columnref");
      equality(turned ? right : left, List.of(turned ? left : right), names.first(middle), from);
    } else if (middle instanceof TerminalNode in && in.getText().equals("in")) {
      List<ParseTree> values = new ArrayList<>();
      Names.child(right, "exprList").ifPresent(list -> values(list, values));
      equality(left, values, names.token(in), from);
    }
  }

  static void values(ParseTree list, List<ParseTree> values) {
    for (int i = 0; i < list.getChildCount(); i++) {
      if (Names.rule(list.getChild(i)).equals("exprList")) {
        values(list.getChild(i), values);
      } else if (Names.rule(list.getChild(i)).equals("aExpr")) {
        values.add(list.getChild(i));
      }
    }
  }

  private void equality(ParseTree column, List<ParseTree> values, Token operator, FromClause from) {
    ParseTree name = inner(column);
    List<Integer> operands = new ArrayList<>();
    values.forEach(value -> operand(value).ifPresent(at -> operands.add(at.start())));
    if (Names.rule(name).equals("columnref")
        && !name.getText().matches(".*[\\[*].*")
        && !values.isEmpty()
        && operands.size() == values.size()
        && values.size() <= Equality.MOST_OPERANDS) {
      List<String> parts = names.all(name).stream().map(Token::text).toList();
      facts.add(
          new Equality(
              new ColumnName(parts, false, names.first(name).start()),
              operator.start(),
              operands,
              from));
    }
  }

  /** What is left of a node without what only wraps it. */
  static ParseTree inner(ParseTree node) {
    ParseTree inner = node;
    while (true) {
      boolean brackets =
          Names.rule(inner).equals("cExpr")
              && Names.hasToken(inner, "(")
              && Names.child(inner, "aExpr").isPresent()
              && Names.child(inner, "optIndirection")
                  .map(steps -> steps.getChildCount() == 0)
                  .orElse(true);
      if (brackets) {
        inner = Names.required(inner, "aExpr");
      } else if (inner.getChildCount() == 1 && Names.rule(inner).matches("aExpr|cExpr")) {
        inner = inner.getChild(0);
      } else {
        return inner;
      }
    }
  }

  /** A string, a positive number or a parameter, which may stand in one cast. */
  Optional<Token> operand(ParseTree node) {
    ParseTree value = inner(node);
    if (Names.rule(value).equals("aExpr")
        && value.getChildCount() == 3
        && value.getChild(1).getText().equals("::")) {
      return constant(inner(value.getChild(0)), false);
    }
    if (Names.rule(value).equals("funcExpr") && value.getChildCount() == 1) {
      ParseTree call = value.getChild(0);
      return Names.rule(call).equals("functionExprCommonSubexpr") && Names.hasToken(call, "cast")
          ? constant(inner(Names.required(call, "aExpr")), false)
          : Optional.empty();
    }
    return constant(value, true);
  }

  private Optional<Token> constant(ParseTree value, boolean typed) {
    boolean parameter = Names.rule(value).equals("parameterMarker");
    if (!parameter && !Names.rule(value).equals("aexprConst")) {
      return Optional.empty();
    }
    ParseTree last = parameter ? value : value.getChild(value.getChildCount() - 1);
    if (!parameter && value.getChildCount() > (typed ? 2 : 1)) {
      return Optional.empty();
    }
    Token token = names.first(last);
    return switch (token.kind()) {
      case PARAMETER -> Optional.of(token);
      case STRING -> token.text().matches("(?s)[bBxX]'.*") ? Optional.empty() : Optional.of(token);
      case NUMBER ->
          token.text().matches("[0-9.]*[1-9][0-9.]*") ? Optional.of(token) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
