// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FunctionUse;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Lets functions of the allow-list pass and sees to it that theirs are the ones that are called:
 * {@code f(x)} and {@code (x).f} are two ways to write both a call and a column.
 */
final class FunctionCheck {

  private static final String CATALOG = "pg_catalog";

  private final SchemaView schema;
  private final StatementFacts facts;
  private final Map<TableReference, Relation> relations;
  private final Tokens tokens;
  private final String sql;
  private final Edits edits;

  FunctionCheck(
      SchemaView schema,
      StatementFacts facts,
      Map<TableReference, Relation> relations,
      Tokens tokens,
      String sql,
      Edits edits) {
    this.schema = schema;
    this.facts = facts;
    this.relations = relations;
    this.tokens = tokens;
    this.sql = sql;
    this.edits = edits;
  }

  void run() {
    facts.functions().forEach(this::call);
    facts.names().forEach(this::qualified);
    for (String field : facts.selected()) {
      if (isUnknownFunction(field) && !areColumns(field)) {
        throw refused(field, -1);
      }
    }
  }

  /** Whether every row that the statement may select the field of has it as a column. */
  private boolean areColumns(String field) {
    return !relations.isEmpty()
        && relations.values().stream().allMatch(relation -> relation.has(field));
  }

  private void call(FunctionUse function) {
    String name = function.name();
    if (function.schema() != null) {
      String full = function.schema().equals(CATALOG) ? name : function.schema() + "." + name;
      if (!AllowList.FUNCTIONS.has(full)) {
        throw refused(full, function.at());
      }
    } else if (AllowList.FUNCTIONS.has(name)) {
      if (!schema.schemasOfFunction(name).stream().allMatch(CATALOG::equals)) {
        int at = tokens.start(tokens.indexAt(function.at()));
        edits.replace(at, at, CATALOG + ".");
      }
    } else if (isColumn(function)) {
      select(function);
    } else {
      throw refused(name, function.at());
    }
  }

  /** Whether {@code f(x)} is a column of the row {@code x}. */
  private boolean isColumn(FunctionUse function) {
    List<String> row = function.soleArgument();
    return !row.isEmpty() && allHave(row.getLast(), function.name());
  }

  private void select(FunctionUse function) {
    int name = tokens.indexAt(function.at());
    int end = tokens.endOfBrackets(name + 1);
    String row = sql.substring(tokens.get(name + 1).end(), tokens.get(end - 1).start());
    edits.replace(
        tokens.start(name),
        tokens.endBefore(end),
        "(" + row + ")." + Identifier.quoted(function.name()));
  }

  /** {@code x.f} calls a function where the row {@code x} has no such column. */
  private void qualified(ColumnName name) {
    if (name.parts().size() < 2 || name.star() || !isUnknownFunction(name.last())) {
      return;
    }
    if (!allHave(name.parts().get(name.parts().size() - 2), name.last())) {
      throw refused(name.last(), name.at());
    }
  }

  /** Whether there are relations of this visible name and all of them have the column. */
  private boolean allHave(String visibleName, String column) {
    List<Relation> rows =
        relations.entrySet().stream()
            .filter(entry -> entry.getKey().visibleName().equals(visibleName))
            .map(Map.Entry::getValue)
            .toList();
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.has(column));
  }

  private boolean isUnknownFunction(String name) {
    Set<String> schemas = schema.schemasOfFunction(name);
    return !schemas.isEmpty()
        && !(AllowList.FUNCTIONS.has(name) && schemas.stream().allMatch(CATALOG::equals));
  }

  private static StatementRefused refused(String function, int at) {
    return new StatementRefused(MaskingErrorCode.FUNCTION_REFUSED, function, at);
  }
}
