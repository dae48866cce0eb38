// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.Equality;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Finds rows by the true values of columns whose outputs stay masked: the condition moves to where
 * the relation is read, and the statement keeps {@code TRUE} in its place. In a relation that is
 * written it stays where it is. What is not understood as such a condition sees masked values.
 */
final class LookUps {

  /** Each runs once for what it is judged as; a view, a plan or a prepared statement does not. */
  private static final Set<StatementKind> KINDS =
      EnumSet.of(
          StatementKind.SELECT,
          StatementKind.INSERT,
          StatementKind.UPDATE,
          StatementKind.DELETE,
          StatementKind.MERGE,
          StatementKind.COPY_OUT,
          StatementKind.CREATE_TABLE_AS,
          StatementKind.DECLARE);

  private final Coverages coverages;
  private final Tokens tokens;
  private final String sql;
  private final Edits edits;
  private final Map<TableReference, Relation> relations;
  private final List<LookUp> found = new ArrayList<>();
  private final Map<TableReference, List<String>> conditions = new HashMap<>();
  private final Set<Integer> names = new HashSet<>();

  private LookUps(
      Coverages coverages,
      Tokens tokens,
      String sql,
      Edits edits,
      Map<TableReference, Relation> relations) {
    this.coverages = coverages;
    this.tokens = tokens;
    this.sql = sql;
    this.edits = edits;
    this.relations = relations;
  }

  /** Finds them in a statement that a person sent, and puts them in their places. */
  static LookUps of(
      StatementFacts facts,
      Map<TableReference, Relation> relations,
      Coverages coverages,
      Tokens tokens,
      String sql,
      Edits edits) {
    LookUps lookUps = new LookUps(coverages, tokens, sql, edits, relations);
    if (KINDS.contains(facts.kind())) {
      facts.equalities().forEach(lookUps::find);
    }
    return lookUps;
  }

  /** None, as in a view. */
  static LookUps none(Coverages coverages, Tokens tokens, Edits edits) {
    return new LookUps(coverages, tokens, "", edits, Map.of());
  }

  List<LookUp> found() {
    return found;
  }

  /** Conditions on true values, for where the relation is read. */
  List<String> conditions(TableReference reference) {
    return conditions.getOrDefault(reference, List.of());
  }

  /** Whether the column is named in such a condition, so that its true value may be compared. */
  boolean has(ColumnName name) {
    return names.contains(name.at());
  }

  private void find(Equality equality) {
    table(equality).ifPresent(table -> find(equality, table));
  }

  private void find(Equality equality, TableReference table) {
    Relation relation = relations.get(table);
    if (relation == null || !isRead(relation)) {
      return;
    }
    String name = equality.column().last();
    LookUpRight right = coverages.of(relation, table.at()).lookUps().get(name);
    RelationColumn column =
        relation.columns().stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
    if (right != null && column != null) {
      LookUpType.of(column.type())
          .ifPresent(type -> put(equality, table, right, new Column(column, type)));
    }
  }

  private record Column(RelationColumn column, LookUpType type) {}

  private boolean isRead(Relation relation) {
    return switch (relation.kind()) {
      case TABLE, PARTITIONED, FOREIGN -> true;
      case VIEW, MATVIEW -> coverages.catalogued(relation.name());
      case TEMP, SEQUENCE, SYSTEM -> false;
    };
  }

  /** The relation that the column belongs to, where its rows are left out as the condition does. */
  private Optional<TableReference> table(Equality equality) {
    List<String> parts = equality.column().parts();
    List<TableReference> all =
        Stream.concat(equality.from().kept().stream(), equality.from().padded().stream()).toList();
    if (parts.size() == 1 && !equality.from().closed()) {
      return Optional.empty();
    }
    List<TableReference> owners = all.stream().filter(table -> owns(table, parts)).toList();
    return owners.size() == 1 && equality.from().kept().contains(owners.getFirst())
        ? Optional.of(owners.getFirst())
        : Optional.empty();
  }

  private boolean owns(TableReference table, List<String> parts) {
    Relation relation = relations.get(table);
    if (relation == null || !relation.has(parts.getLast())) {
      return false;
    }
    return switch (parts.size()) {
      case 1 -> true;
      case 2 -> table.visibleName().equals(parts.getFirst());
      case 3 ->
          table.alias() == null
              && relation.name().equals(new TableName(parts.getFirst(), parts.get(1)));
      default -> false;
    };
  }

  private void put(Equality equality, TableReference table, LookUpRight right, Column column) {
    Condition condition = Condition.of(tokens, equality).orElse(null);
    if (condition == null) {
      return;
    }
    List<LookUp> lookUps = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Operand operand : condition.operands()) {
      Operand.Found value =
          operand.beside(column.type(), LookUpType.castOf(column.column().type())).orElse(null);
      if (value == null) {
        return;
      }
      lookUps.add(new LookUp(right, column.type(), value.value()));
      values.add(value.sql());
    }
    lookUps.forEach(one -> requireWhole(one, equality));
    boolean written = table.role() == TableReference.Role.TARGET;
    int name = tokens.indexAt(equality.column().at());
    String named =
        written
            ? sql.substring(tokens.start(name), tokens.endBefore(tokens.endOfName(name)))
            : Identifier.quoted(column.column().name());
    String compared = compared(named, values);
    edits.replace(
        tokens.start(condition.start()),
        tokens.endBefore(condition.end()),
        written ? compared : "TRUE");
    if (!written) {
      conditions.computeIfAbsent(table, one -> new ArrayList<>()).add(compared);
    }
    names.add(equality.column().at());
    found.addAll(lookUps);
  }

  private static String compared(String column, List<String> values) {
    String operand =
        values.size() == 1 ? values.getFirst() : "ANY (ARRAY[" + String.join(", ", values) + "])";
    return column + " OPERATOR(pg_catalog.=) " + operand;
  }

  private static void requireWhole(LookUp lookUp, Equality equality) {
    if (lookUp.operand() instanceof LookUp.Operand.Constant constant
        && !lookUp.isWhole(constant.value().reveal())) {
      throw new StatementRefused(
          MaskingErrorCode.LOOK_UP_VALUE_REFUSED,
          lookUp.right().table() + "." + lookUp.right().column(),
          equality.column().at());
    }
  }
}
