// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.Equality;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.FromClause;
import org.citywall.masking.sql.facts.TableReference;
import tools.jackson.databind.JsonNode;

/** Finds what columns have to equal in one query or write, whose relations have been read. */
final class ConditionReader {

  private final TreeReader tree;
  private final FactsBuilder collected;
  private final List<TableReference> kept = new ArrayList<>();
  private final List<TableReference> padded = new ArrayList<>();
  private final List<JsonNode> conditions = new ArrayList<>();
  private boolean closed = true;

  ConditionReader(TreeReader tree, FactsBuilder collected) {
    this.tree = tree;
    this.collected = collected;
  }

  /**
   * Reads the conditions; gives what the FROM clause names.
   *
   * @param target what is written; missing where nothing is
   * @param from items of the FROM or USING clause
   */
  FromClause read(JsonNode target, JsonNode from, JsonNode where) {
    if (!where.isObject() && from.isEmpty()) {
      return new FromClause(kept, padded, closed);
    }
    if (target.isObject()) {
      table(target, false);
    }
    from.forEach(item -> item(item, padsBothSides(item)));
    conditions.add(where);
    FromClause clause = new FromClause(kept, padded, closed);
    conditions.forEach(condition -> condition(condition, clause));
    return clause;
  }

  /** Whether a RIGHT or FULL JOIN is among the joins; then all is taken for padded. */
  private static boolean padsBothSides(JsonNode node) {
    JsonNode join = node.path("JoinExpr");
    return join.isObject()
        && (!Set.of("JOIN_INNER", "JOIN_LEFT").contains(TreeReader.text(join.path("jointype")))
            || padsBothSides(join.path("larg"))
            || padsBothSides(join.path("rarg")));
  }

  private void item(JsonNode node, boolean outer) {
    switch (TreeReader.kind(node)) {
      case "RangeVar" -> table(node.path("RangeVar"), outer);
      case "RangeTableSample" ->
          table(node.path("RangeTableSample").path("relation").path("RangeVar"), outer);
      case "JoinExpr" -> join(node.path("JoinExpr"), outer);
      default -> closed = false;
    }
  }

  private void table(JsonNode node, boolean outer) {
    Optional<TableReference> table = collected.tableAt(tree.at(node));
    if (table.isEmpty() || table.get().cte() || node.path("alias").has("colnames")) {
      closed = false;
    } else {
      (outer ? padded : kept).add(table.get());
    }
  }

  private void join(JsonNode join, boolean outer) {
    if (join.has("alias")) {
      closed = false;
      return;
    }
    boolean inner = TreeReader.text(join.path("jointype")).equals("JOIN_INNER");
    item(join.path("larg"), outer);
    item(join.path("rarg"), outer || !inner);
    if (inner && !outer) {
      conditions.add(join.path("quals"));
    }
  }

  private void condition(JsonNode node, FromClause from) {
    JsonNode and = node.path("BoolExpr");
    if (TreeReader.text(and.path("boolop")).equals("AND_EXPR")) {
      and.path("args").forEach(one -> condition(one, from));
      return;
    }
    JsonNode expression = node.path("A_Expr");
    List<JsonNode> names = new ArrayList<>();
    expression.path("name").forEach(names::add);
    if (names.size() != 1 || !TreeReader.texts(expression.path("name")).equals(List.of("="))) {
      return;
    }
    JsonNode left = expression.path("lexpr");
    JsonNode right = expression.path("rexpr");
    switch (TreeReader.text(expression.path("kind"))) {
      case "AEXPR_OP" -> {
        boolean turned = right.has("ColumnRef");
        equality(turned ? right : left, List.of(turned ? left : right), expression, from);
      }
      case "AEXPR_IN" -> {
        List<JsonNode> items = new ArrayList<>();
        right.path("List").path("items").forEach(items::add);
        equality(left, items, expression, from);
      }
      default -> {
        // any other comparison
      }
    }
  }

  private void equality(
      JsonNode column, List<JsonNode> values, JsonNode expression, FromClause from) {
    JsonNode fields = column.path("ColumnRef").path("fields");
    List<String> parts = TreeReader.texts(fields);
    List<Integer> operands = new ArrayList<>();
    values.forEach(value -> operand(tree, value).ifPresent(operands::add));
    if (!parts.isEmpty()
        && parts.size() == fields.size()
        && !values.isEmpty()
        && operands.size() == values.size()
        && values.size() <= Equality.MOST_OPERANDS) {
      collected.add(
          new Equality(
              new ColumnName(parts, false, tree.at(column.path("ColumnRef"))),
              tree.at(expression),
              operands,
              from));
    }
  }

  /** Position of a string, a positive number or a parameter, which may stand in one cast. */
  static Optional<Integer> operand(TreeReader tree, JsonNode node) {
    JsonNode value = node.has("TypeCast") ? node.path("TypeCast").path("arg") : node;
    JsonNode constant = value.path("A_Const");
    boolean known =
        value.has("ParamRef")
            || constant.has("sval")
            || constant.path("ival").path("ival").asInt(0) > 0
            || TreeReader.text(constant.path("fval").path("fval")).matches("[0-9.]+");
    return known ? Optional.of(tree.at(value.path(TreeReader.kind(value)))) : Optional.empty();
  }
}
