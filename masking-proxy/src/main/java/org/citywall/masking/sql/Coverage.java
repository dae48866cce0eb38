// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.mask.HashMask;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.Identifier;

/**
 * What one person sees of a relation.
 *
 * @param treatments per column
 * @param filters conditions that its rows have to meet
 * @param lookUps columns that are not shown, by whose true values rows may be found
 */
record Coverage(
    Relation relation,
    Map<String, Treatment> treatments,
    List<RowFilter> filters,
    Map<String, LookUpRight> lookUps) {

  Coverage {
    treatments = Map.copyOf(treatments);
    lookUps = Map.copyOf(lookUps);
    filters = List.copyOf(filters);
  }

  /** Without rows that are looked up. */
  Coverage(Relation relation, Map<String, Treatment> treatments, List<RowFilter> filters) {
    this(relation, treatments, filters, Map.of());
  }

  Treatment of(String column) {
    return treatments.getOrDefault(column, new Treatment.Hidden("not in the catalogue"));
  }

  /** Whether the person sees the column's values, by clearance or by a grant. */
  boolean shows(String column) {
    return of(column).showsValues();
  }

  /** Whether the person's clearance reaches the column: a grant is for reading alone. */
  boolean clears(String column) {
    return of(column) instanceof Treatment.Plain;
  }

  /** Whether every row and column is shown as it is, without a grant. */
  boolean isOpen() {
    return filters.isEmpty() && clearsEveryColumn();
  }

  /** Whether every row and column is shown as it is. */
  boolean isShown() {
    return filters.isEmpty()
        && relation.columns().stream().allMatch(column -> shows(column.name()));
  }

  boolean clearsEveryColumn() {
    return relation.columns().stream().allMatch(column -> clears(column.name()));
  }

  /** Whether the SQL of a mask holds a secret. */
  boolean hasSecret() {
    return treatments.values().stream()
        .anyMatch(
            treatment ->
                treatment instanceof Treatment.Masked masked && masked.mask() instanceof HashMask);
  }

  /**
   * The query that stands in the relation's place, in brackets.
   *
   * @param only whether rows of descendants are left out
   * @param sample a TABLESAMPLE clause, or an empty text
   * @param lookedUp conditions on true values
   * @param system columns of the system, {@code ctid} for example, that are read as well
   */
  String query(boolean only, String sample, List<String> lookedUp, Set<String> system) {
    StringBuilder sql = new StringBuilder("(").append(selected(only, system));
    if (!sample.isEmpty()) {
      sql.append(' ').append(sample);
    }
    List<String> conditions = new ArrayList<>(filters.stream().map(RowFilter::sql).toList());
    conditions.addAll(lookedUp);
    if (!conditions.isEmpty()) {
      sql.append(where(conditions));
    }
    if (!filters.isEmpty()) {
      // OFFSET keeps predicates of the statement, which could tell by their errors, off other rows
      sql.append(" OFFSET 0");
    }
    return sql.append(')').toString();
  }

  /**
   * The query of a view in the relation's place. A view that is a security barrier keeps predicates
   * of statements off other rows itself; with OFFSET nothing could be written through it.
   */
  String viewQuery(boolean only) {
    return filters.isEmpty()
        ? selected(only, Set.of())
        : selected(only, Set.of()) + where(filters.stream().map(RowFilter::sql).toList());
  }

  private String selected(boolean only, Set<String> system) {
    StringBuilder sql = new StringBuilder("SELECT ");
    String separator = "";
    for (RelationColumn column : relation.columns()) {
      sql.append(separator).append(shown(column));
      separator = ", ";
    }
    for (String column : system) {
      sql.append(separator).append(column);
      separator = ", ";
    }
    return sql.append(only ? " FROM ONLY " : " FROM ")
        .append(Identifier.quoted(relation.name()))
        .toString();
  }

  /** What is done with a column, in a text that differs where that does. */
  String said(RelationColumn column) {
    return Identifier.quoted(column.name())
        + switch (of(column.name())) {
          case Treatment.Plain() -> " plain";
          case Treatment.Granted(var grants) -> " granted";
          case Treatment.Masked(var mask) -> " masked " + mask.sql("", column.type());
          case Treatment.Hidden(var reason) -> " hidden";
        };
  }

  private static String where(List<String> conditions) {
    return " WHERE (" + String.join(") AND (", conditions) + ")";
  }

  /** The column as an expression over the relation, under its own name. */
  String shown(RelationColumn column) {
    String name = Identifier.quoted(column.name());
    return switch (of(column.name())) {
      case Treatment.Plain() -> name;
      case Treatment.Granted(var grants) -> name;
      case Treatment.Masked(var mask) -> mask.sql(name, column.type()) + " AS " + name;
      case Treatment.Hidden(var reason) ->
          "CAST(NULL AS " + column.type().sqlName() + ") AS " + name;
    };
  }
}
