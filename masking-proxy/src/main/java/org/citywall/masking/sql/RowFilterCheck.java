// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.RowCondition;
import org.citywall.masking.catalogue.RowRule;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementRefused;
import org.jspecify.annotations.Nullable;

/** Reads the SQL conditions of a catalogue as statements will, before one has to. */
public final class RowFilterCheck {

  private static final int ATTEMPTS = 5;

  private RowFilterCheck() {}

  /**
   * Finds a condition that is none: {@code MSK-0033} with file, line and key.
   *
   * @param analyser asked for where there is an SQL condition
   */
  public static void check(Supplier<StatementAnalyser> analyser, Catalogue catalogue) {
    for (CataloguedTable table : catalogue.tables().values()) {
      for (RowRule rule : table.rows()) {
        if (rule.condition() instanceof RowCondition.Sql sql) {
          check(analyser.get(), table, sql);
        }
      }
    }
  }

  private static void check(
      StatementAnalyser analyser, CataloguedTable table, RowCondition.Sql sql) {
    List<RelationColumn> columns = new ArrayList<>();
    for (String column : table.columns().keySet()) {
      columns.add(new RelationColumn(column, new ColumnType("text"), columns.size() + 1));
    }
    Relation relation =
        new Relation(
            0, table.name(), RelationKind.TABLE, columns, null, List.of(), List.of(), List.of());
    try {
      read(analyser, sql, relation);
    } catch (StatementRefused e) {
      throw new PlatformException(
          MaskingErrorCode.ROW_FILTER_INVALID,
          sql.place() + ": " + e.code().id() + " " + e.detail(),
          e);
    }
  }

  /** A grammar is slow where it is asked for the first time. */
  private static void read(StatementAnalyser analyser, RowCondition.Sql sql, Relation relation) {
    for (int attempt = 1; ; attempt++) {
      try {
        RowFilter.read(analyser, new NoFunctions(), sql.condition(), relation);
        return;
      } catch (StatementRefused e) {
        if (e.code() != MaskingErrorCode.ANALYSER_FAILED || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A schema in which every function is the database's own. */
  private record NoFunctions() implements SchemaView {

    @Override
    public Optional<Relation> relation(@Nullable String schema, String name) {
      return Optional.empty();
    }

    @Override
    public List<TableName> named(String name) {
      return List.of();
    }

    @Override
    public Set<String> schemasOfFunction(String name) {
      return Set.of();
    }

    @Override
    public String version() {
      return "";
    }
  }
}
