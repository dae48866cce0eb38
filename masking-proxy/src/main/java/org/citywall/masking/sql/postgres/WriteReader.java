// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.Scope;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.TableReference.Role;
import org.citywall.masking.sql.facts.Write;
import tools.jackson.databind.JsonNode;

/** Reads INSERT, UPDATE, DELETE and MERGE, at the top or in a WITH clause. */
final class WriteReader {

  private static final Set<String> READ_APART =
      Set.of(
          "relation", "withClause", "selectStmt", "cols", "onConflictClause", "mergeWhenClauses");

  private final TreeReader tree;
  private final FactsBuilder collected;

  WriteReader(TreeReader tree, FactsBuilder collected) {
    this.tree = tree;
    this.collected = collected;
  }

  /** Reads the statement; one of another kind is refused. */
  StatementKind read(JsonNode statement, Scope outer) {
    String kind = TreeReader.kind(statement);
    StatementKind written = TreeReader.writeKind(kind);
    JsonNode node = statement.path(kind);
    int before = collected.tables();
    Scope scope = tree.with(node, outer);
    TableReference target = tree.table(node.path("relation"), Role.TARGET, scope);
    List<String> columns = new ArrayList<>();
    columns(node.path("cols"), columns);
    tree.read(node.path("cols"), scope);
    tree.read(node.path("selectStmt"), scope);
    FactsBuilder.Names within = collected.begin();
    if (written == StatementKind.UPDATE) {
      columns(node.path("targetList"), columns);
    }
    JsonNode conflict = node.path("onConflictClause");
    columns(conflict.path("targetList"), columns);
    tree.children(conflict, scope, Set.of());
    boolean everyColumn =
        written == StatementKind.INSERT && !node.has("cols") && node.has("selectStmt");
    for (JsonNode when : node.path("mergeWhenClauses")) {
      everyColumn |= merge(when.path("MergeWhenClause"), columns, scope);
    }
    tree.children(node, scope, READ_APART);
    collected.end();
    conditions(written, node);
    collected.add(
        new Write(
            written,
            target,
            columns,
            everyColumn,
            node.has("returningList"),
            collected.tablesSince(before),
            within.names(),
            within.selected(),
            new AssignmentReader(tree).read(node)));
    return written;
  }

  private void conditions(StatementKind written, JsonNode node) {
    ConditionReader reader = new ConditionReader(tree, collected);
    if (written == StatementKind.UPDATE) {
      reader.read(node.path("relation"), node.path("fromClause"), node.path("whereClause"));
    } else if (written == StatementKind.DELETE) {
      reader.read(node.path("relation"), node.path("usingClause"), node.path("whereClause"));
    }
  }

  /** Whether it writes columns without naming them. */
  private boolean merge(JsonNode clause, List<String> columns, Scope scope) {
    columns(clause.path("targetList"), columns);
    tree.children(clause, scope, Set.of());
    return clause.has("values") && !clause.has("targetList");
  }

  private void columns(JsonNode targets, List<String> columns) {
    for (JsonNode target : targets) {
      JsonNode column = target.path("ResTarget");
      columns.add(TreeReader.text(column.path("name")));
      tree.label(column);
    }
  }
}
