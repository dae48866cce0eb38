// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Map;
import org.citywall.masking.mask.HashMask;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.facts.Identifier;

/**
 * What one person sees of a relation.
 *
 * @param treatments per column
 * @param filters conditions that its rows have to meet
 */
record Coverage(Relation relation, Map<String, Treatment> treatments, List<String> filters) {

  Coverage {
    treatments = Map.copyOf(treatments);
    filters = List.copyOf(filters);
  }

  Treatment of(String column) {
    return treatments.getOrDefault(column, new Treatment.Hidden("not in the catalogue"));
  }

  boolean shows(String column) {
    return of(column) instanceof Treatment.Plain;
  }

  /** Whether every row and column is shown as it is. */
  boolean isOpen() {
    return filters.isEmpty()
        && relation.columns().stream().allMatch(column -> shows(column.name()));
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
   */
  String query(boolean only, String sample) {
    StringBuilder sql = new StringBuilder("(SELECT ");
    String separator = "";
    for (RelationColumn column : relation.columns()) {
      sql.append(separator).append(shown(column));
      separator = ", ";
    }
    sql.append(only ? " FROM ONLY " : " FROM ").append(Identifier.quoted(relation.name()));
    if (!sample.isEmpty()) {
      sql.append(' ').append(sample);
    }
    if (!filters.isEmpty()) {
      // OFFSET keeps predicates of the statement, which could tell by their errors, off other rows
      sql.append(" WHERE (").append(String.join(") AND (", filters)).append(") OFFSET 0");
    }
    return sql.append(')').toString();
  }

  private String shown(RelationColumn column) {
    String name = Identifier.quoted(column.name());
    return switch (of(column.name())) {
      case Treatment.Plain() -> name;
      case Treatment.Masked(var mask) -> mask.sql(name, column.type()) + " AS " + name;
      case Treatment.Hidden(var reason) ->
          "CAST(NULL AS " + column.type().sqlName() + ") AS " + name;
    };
  }
}
