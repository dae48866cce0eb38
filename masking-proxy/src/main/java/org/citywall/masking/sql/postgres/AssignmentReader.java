// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.util.ArrayList;
import java.util.List;
import org.citywall.masking.sql.facts.Assignment;
import tools.jackson.databind.JsonNode;

/** Finds constants and parameters that INSERT, UPDATE or MERGE writes as they are. */
final class AssignmentReader {

  private final TreeReader tree;
  private final List<Assignment> found = new ArrayList<>();

  AssignmentReader(TreeReader tree) {
    this.tree = tree;
  }

  /**
   * Finds them.
   *
   * @param statement without its kind
   */
  List<Assignment> read(JsonNode statement) {
    JsonNode columns = statement.path("cols");
    for (JsonNode row : statement.path("selectStmt").path("SelectStmt").path("valuesLists")) {
      row(columns, row.path("List").path("items"));
    }
    set(statement.path("targetList"));
    set(statement.path("onConflictClause").path("targetList"));
    for (JsonNode when : statement.path("mergeWhenClauses")) {
      JsonNode clause = when.path("MergeWhenClause");
      row(clause.path("targetList"), clause.path("values"));
      set(clause.path("targetList"));
    }
    return found;
  }

  private void row(JsonNode columns, JsonNode values) {
    for (int i = 0; i < values.size(); i++) {
      if (columns.isEmpty()) {
        add("", i, values.get(i));
      } else if (i < columns.size()) {
        add(columns.get(i).path("ResTarget"), values.get(i));
      }
    }
  }

  private void set(JsonNode targets) {
    for (JsonNode target : targets) {
      JsonNode column = target.path("ResTarget");
      JsonNode value = column.path("val");
      JsonNode several = value.path("MultiAssignRef");
      JsonNode row = several.path("source").path("RowExpr").path("args");
      add(column, several.isObject() ? row.path(several.path("colno").asInt(0) - 1) : value);
    }
  }

  private void add(JsonNode column, JsonNode value) {
    add(TreeReader.text(column.path("name")), -1, value);
  }

  private void add(String column, int place, JsonNode value) {
    ConditionReader.operand(tree, value)
        .ifPresent(at -> found.add(new Assignment(column, place, at)));
  }
}
