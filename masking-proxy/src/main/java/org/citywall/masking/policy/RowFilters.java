// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.Needs;
import org.citywall.masking.catalogue.RowCondition;
import org.citywall.masking.catalogue.RowRule;
import org.citywall.masking.mask.Sql;
import org.citywall.masking.sql.facts.Identifier;
import org.jspecify.annotations.Nullable;

/** Words the conditions on rows of a table for those who are behind a statement. */
final class RowFilters {

  private static final String NO_ROW = "false";

  private RowFilters() {}

  /** All that binds one of them; empty where nothing does. */
  static Optional<String> of(CataloguedTable table, List<Profile> profiles) {
    List<String> conditions = new ArrayList<>();
    for (RowRule rule : table.rows()) {
      for (Profile profile : profiles) {
        if (binds(rule, profile)) {
          conditions.add(condition(rule.condition(), profile));
        }
      }
    }
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            conditions.stream().distinct().collect(Collectors.joining(") AND (", "(", ")")));
  }

  private static boolean binds(RowRule rule, Profile profile) {
    Needs unless = rule.unless();
    boolean excepted = unless != null && profile.unmet(unless) == Reason.WITHIN_CLEARANCE;
    // an application stands for many units; the person behind the statement is asked besides
    boolean many =
        profile.application()
            && rule.condition() instanceof RowCondition.OfPerson of
            && value(of, profile) == null;
    return !excepted && !many;
  }

  private static String condition(RowCondition condition, Profile profile) {
    return switch (condition) {
      case RowCondition.In(String column, List<String> values) ->
          values.stream()
              .map(Sql::literal)
              .collect(Collectors.joining(", ", Identifier.quoted(column) + " IN (", ")"));
      case RowCondition.OfPerson of -> {
        String value = value(of, profile);
        yield value == null ? NO_ROW : Identifier.quoted(of.column()) + " = " + Sql.literal(value);
      }
      case RowCondition.Sql sql -> sql.condition();
    };
  }

  private static @Nullable String value(RowCondition.OfPerson of, Profile profile) {
    return switch (of.attribute()) {
      case NAME -> profile.application() ? null : profile.name();
      case DEPARTMENT -> profile.department();
    };
  }
}
