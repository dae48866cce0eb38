// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.FromClause;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.Grouping;
import org.citywall.masking.sql.facts.Scope;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.TableReference.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads queries and expressions. Kinds of nodes are named after PostgreSQL's {@code parsenodes.h};
 * one that is not known here is refused, so that a new construct cannot hide a table.
 */
final class TreeReader {

  /** Nodes that mean nothing beyond what is below them. */
  private static final Set<String> TRANSPARENT =
      Set.of(
          "A_ArrayExpr",
          "A_Indices",
          "Alias",
          "BoolExpr",
          "BooleanTest",
          "CTECycleClause",
          "CTESearchClause",
          "CaseExpr",
          "CaseWhen",
          "CoalesceExpr",
          "CollateClause",
          "ColumnDef",
          "CurrentOfExpr",
          "GroupingFunc",
          "GroupingSet",
          "IndexElem",
          "InferClause",
          "JoinExpr",
          "List",
          "MinMaxExpr",
          "MultiAssignRef",
          "NamedArgExpr",
          "NullTest",
          "OnConflictClause",
          "ParamRef",
          "RangeFunction",
          "RangeSubselect",
          "RangeTableFunc",
          "RangeTableFuncCol",
          "ResTarget",
          "RowExpr",
          "SQLValueFunction",
          "SetToDefault",
          "TypeCast",
          "WindowDef",
          "XmlExpr",
          "XmlSerialize");

  private static final Set<String> LEAVES =
      Set.of("A_Const", "A_Star", "Float", "Integer", "String");

  /** Fields whose nodes come without their kind. */
  private static final Map<String, String> UNTAGGED =
      Map.ofEntries(
          Map.entry("alias", "Alias"),
          Map.entry("collClause", "CollateClause"),
          Map.entry("cycle_clause", "CTECycleClause"),
          Map.entry("infer", "InferClause"),
          Map.entry("join_using_alias", "Alias"),
          Map.entry("larg", "SelectStmt"),
          Map.entry("over", "WindowDef"),
          Map.entry("rarg", "SelectStmt"),
          Map.entry("search_clause", "CTESearchClause"),
          Map.entry("typeName", "TypeName"));

  private static final String CATALOG = "pg_catalog";

  private final Positions positions;
  private final FactsBuilder collected;

  TreeReader(Positions positions, FactsBuilder collected) {
    this.positions = positions;
    this.collected = collected;
  }

  /** Reads a node with its kind, or a list of such. */
  void read(JsonNode node, Scope scope) {
    if (node.isArray()) {
      node.forEach(element -> read(element, scope));
    } else if (node.isObject() && !node.isEmpty()) {
      Map.Entry<String, JsonNode> only = node.properties().iterator().next();
      if (node.size() != 1 || !only.getValue().isObject()) {
        throw refused("a part without a kind", node);
      }
      read(only.getKey(), only.getValue(), scope);
    }
  }

  private void read(String kind, JsonNode node, Scope scope) {
    if (LEAVES.contains(kind)) {
      return;
    }
    if (TRANSPARENT.contains(kind)) {
      children(node, scope, Set.of());
      return;
    }
    switch (kind) {
      case "SelectStmt" -> query(node, scope);
      case "RangeVar" -> table(node, Role.SCAN, scope);
      case "ColumnRef" -> column(node);
      case "FuncCall" -> function(node, scope);
      case "A_Indirection" -> selection(node, scope);
      case "TypeName" -> type(node, scope);
      case "A_Expr", "SubLink", "SortBy" -> operation(node, scope);
      case "RangeTableSample" -> sample(node, scope);
      default -> throw refused(kind, node);
    }
  }

  /** Reads what is below a node, but for these fields. */
  void children(JsonNode node, Scope scope, Set<String> except) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!except.contains(field.getKey())) {
        child(field.getKey(), field.getValue(), scope);
      }
    }
  }

  private void child(String field, JsonNode value, Scope scope) {
    if (value.isObject() && UNTAGGED.containsKey(field) && !isTagged(value)) {
      read(UNTAGGED.get(field), value, scope);
    } else {
      read(value, scope);
    }
  }

  /** Whether a node is wrapped in its kind: {@code larg} of a join is, of a query it is not. */
  private static boolean isTagged(JsonNode node) {
    if (node.size() != 1) {
      return false;
    }
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    return only.getValue().isObject() && Character.isUpperCase(only.getKey().charAt(0));
  }

  /** Reads a query that may make a table of its rows, which is read apart. */
  void topQuery(JsonNode node) {
    read(node, Scope.TOP, Set.of("withClause", "lockingClause", "intoClause"));
  }

  private void query(JsonNode node, Scope scope) {
    if (node.has("intoClause")) {
      throw refused("SELECT INTO", node);
    }
    read(node, scope, Set.of("withClause", "lockingClause"));
  }

  private void read(JsonNode node, Scope scope, Set<String> apart) {
    Scope inner = with(node, scope);
    node.path("lockingClause")
        .forEach(clause -> lock(clause.path("LockingClause").path("lockedRels")));
    children(node, inner, apart);
    FromClause from =
        new ConditionReader(this, collected)
            .read(MissingNode.getInstance(), node.path("fromClause"), node.path("whereClause"));
    group(node, from);
  }

  private void group(JsonNode query, FromClause from) {
    List<ColumnName> keys = new ArrayList<>();
    for (JsonNode item : query.path("groupClause")) {
      if (item.has("ColumnRef")) {
        keys.add(columnName(item.path("ColumnRef")));
      }
    }
    boolean columns = keys.size() == query.path("groupClause").size();
    if (!keys.isEmpty() && columns && keys.stream().noneMatch(ColumnName::star)) {
      collected.add(new Grouping(keys, from));
    }
  }

  private void lock(JsonNode relations) {
    relations.forEach(relation -> label(relation.path("RangeVar")));
  }

  /** Reads a WITH clause; gives the scope of what it stands before. */
  Scope with(JsonNode statement, Scope scope) {
    JsonNode clause = statement.path("withClause");
    if (clause.isMissingNode()) {
      return scope;
    }
    Set<String> names = new HashSet<>();
    boolean recursive = clause.path("recursive").asBoolean();
    if (recursive) {
      clause
          .path("ctes")
          .forEach(cte -> names.add(text(cte.path("CommonTableExpr").path("ctename"))));
    }
    for (JsonNode cte : clause.path("ctes")) {
      JsonNode expression = cte.path("CommonTableExpr");
      Scope seen = new Scope(scope, names);
      JsonNode query = expression.path("ctequery");
      if (query.has("SelectStmt")) {
        children(expression, seen, Set.of("ctename", "aliascolnames"));
      } else {
        new WriteReader(this, collected).read(query, seen);
      }
      names.add(text(expression.path("ctename")));
    }
    return new Scope(scope, names);
  }

  TableReference table(JsonNode node, Role role, Scope scope) {
    String name = text(node.path("relname"));
    String schema = node.has("schemaname") ? text(node.path("schemaname")) : null;
    TableReference reference =
        new TableReference(
            role,
            schema,
            name,
            at(node),
            !node.path("inh").asBoolean(),
            role == Role.SCAN && schema == null && scope.sees(name),
            node.has("alias") ? text(node.path("alias").path("aliasname")) : null);
    collected.add(reference);
    return reference;
  }

  private void column(JsonNode node) {
    collected.add(columnName(node));
  }

  private ColumnName columnName(JsonNode node) {
    List<String> parts = new ArrayList<>();
    boolean star = false;
    for (JsonNode field : node.path("fields")) {
      star |= field.has("A_Star");
      if (field.has("String")) {
        parts.add(text(field.path("String").path("sval")));
      }
    }
    return new ColumnName(parts, star, at(node));
  }

  private void function(JsonNode node, Scope scope) {
    List<String> name = texts(node.path("funcname"));
    JsonNode sole = node.path("args").path(0).path("ColumnRef").path("fields");
    collected.add(
        new FunctionUse(
            name.size() > 1 ? name.get(name.size() - 2) : null,
            name.getLast(),
            at(node),
            text(node.path("funcformat")).equals("COERCE_SQL_SYNTAX"),
            isPlainCall(node) && texts(sole).size() == sole.size() ? texts(sole) : List.of()));
    children(node, scope, Set.of("funcname"));
  }

  /** Whether one argument is all that stands between the brackets, and nothing follows them. */
  private static boolean isPlainCall(JsonNode call) {
    return call.path("args").size() == 1
        && Stream.of(
                "agg_order",
                "agg_filter",
                "over",
                "agg_distinct",
                "agg_within_group",
                "func_variadic")
            .noneMatch(call::has);
  }

  private void selection(JsonNode node, Scope scope) {
    for (JsonNode step : node.path("indirection")) {
      if (step.has("String")) {
        collected.select(text(step.path("String").path("sval")));
      } else if (step.has("A_Star")) {
        collected.select("*");
      }
    }
    children(node, scope, Set.of());
  }

  private void type(JsonNode node, Scope scope) {
    label(node);
    children(node, scope, Set.of("names"));
  }

  private void operation(JsonNode node, Scope scope) {
    for (String field : List.of("name", "operName", "useOp")) {
      List<String> name = texts(node.path(field));
      if (name.size() > 1 && !name.getFirst().equals(CATALOG)) {
        throw refused("an operator of another schema", node);
      }
    }
    children(node, scope, Set.of("name", "operName", "useOp"));
  }

  private void sample(JsonNode node, Scope scope) {
    List<String> method = texts(node.path("method"));
    if (method.size() != 1 || !Set.of("system", "bernoulli").contains(method.getFirst())) {
      throw refused("a sampling method", node);
    }
    if (!node.path("args").path(0).has("A_Const")
        || node.has("repeatable") && !node.path("repeatable").has("A_Const")) {
      throw refused("a sample whose size is no constant", node);
    }
    children(node, scope, Set.of("method"));
  }

  /** Notes that the name at this node names no relation. */
  void label(JsonNode node) {
    collected.label(at(node));
  }

  int at(JsonNode node) {
    return positions.index(node.path("location").asInt(0));
  }

  static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list) {
      if (element.has("String")) {
        texts.add(text(element.path("String").path("sval")));
      }
    }
    return texts;
  }

  StatementRefused refused(String what, JsonNode node) {
    return new StatementRefused(
        MaskingErrorCode.CONSTRUCT_REFUSED, what, node.has("location") ? at(node) : -1);
  }

  static StatementRefused refusedKind(String kind) {
    return new StatementRefused(MaskingErrorCode.STATEMENT_KIND_REFUSED, kind, 0);
  }

  /** The kind of a statement's node, {@code SelectStmt} for example. */
  static String kind(JsonNode node) {
    return node.isObject() && node.size() == 1 ? node.properties().iterator().next().getKey() : "";
  }

  static StatementKind writeKind(String kind) {
    return switch (kind) {
      case "InsertStmt" -> StatementKind.INSERT;
      case "UpdateStmt" -> StatementKind.UPDATE;
      case "DeleteStmt" -> StatementKind.DELETE;
      case "MergeStmt" -> StatementKind.MERGE;
      default -> throw refusedKind(kind);
    };
  }
}
