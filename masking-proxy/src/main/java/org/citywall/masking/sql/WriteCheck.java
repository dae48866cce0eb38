// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Map;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Write;

/**
 * Refuses writes that touch what the person may not see: a table that is written cannot be read
 * through a derived table, so that none of its protected columns may be named, read or written.
 */
final class WriteCheck {

  /** Names of the row before and after a write (PostgreSQL 18), and of the one that conflicts. */
  private static final Set<String> ROWS = Set.of("old", "new", "excluded");

  private final StatementFacts facts;
  private final Map<TableReference, Relation> relations;
  private final Coverages coverages;
  private final LookUps lookUps;
  private final ReturnedRow returned;

  WriteCheck(
      StatementFacts facts,
      Map<TableReference, Relation> relations,
      Coverages coverages,
      LookUps lookUps,
      ReturnedRow returned) {
    this.facts = facts;
    this.relations = relations;
    this.coverages = coverages;
    this.lookUps = lookUps;
    this.returned = returned;
  }

  void run() {
    facts.writes().forEach(this::check);
  }

  /** What a write reads masked is not given back, where it would look like what is stored. */
  static void requireNoReturn(StatementFacts facts, Set<TableReference> derived) {
    for (Write write : facts.writes()) {
      if (write.returning() && write.reads().stream().anyMatch(derived::contains)) {
        throw refused("RETURNING of a write that reads masked columns", write.target().at());
      }
    }
  }

  private void check(Write write) {
    TableReference target = write.target();
    Relation relation = relations.get(target);
    if (relation == null || !isWritable(relation.kind())) {
      throw refused("what is written is no table: " + target.name(), target.at());
    }
    if (relation.kind() == RelationKind.VIEW) {
      // passes only where nothing of it is protected
      return;
    }
    Coverage coverage = coverages.of(relation, target.at());
    if (coverage.isOpen()) {
      return;
    }
    requireFilterable(write, coverage);
    if (coverage.clearsEveryColumn()) {
      return;
    }
    if (write.everyColumn()) {
      throw refused("every column of " + relation.name() + " is written", target.at());
    }
    for (String column : write.columns()) {
      requireCleared(coverage, column, target.at());
    }
    for (String field : write.selected()) {
      requireCleared(coverage, field, target.at());
    }
    write.names().stream()
        .filter(name -> !lookUps.has(name) && !returned.is(name))
        .forEach(name -> check(name, target, coverage));
  }

  /** Nobody writes a row that they would not see, before or afterwards. */
  private static void requireFilterable(Write write, Coverage coverage) {
    boolean changes = write.kind() == StatementKind.UPDATE || write.kind() == StatementKind.DELETE;
    boolean moves =
        coverage.filters().stream()
            .anyMatch(filter -> write.columns().stream().anyMatch(filter.columns()::contains));
    if (!coverage.filters().isEmpty() && (!changes || moves)) {
      throw refused("rows of " + coverage.relation().name() + " are filtered", write.target().at());
    }
  }

  private void check(ColumnName name, TableReference target, Coverage coverage) {
    String last = name.last();
    boolean everyColumn =
        name.star()
            ? last.isEmpty() || !namesOther(last, target)
            : last.equals(target.visibleName())
                || ROWS.contains(last) && !coverage.relation().has(last);
    if (everyColumn) {
      throw refused("every column of " + target.name() + " is read", target.at());
    }
    requireCleared(coverage, last, name.at());
  }

  private boolean namesOther(String visibleName, TableReference target) {
    return !ROWS.contains(visibleName)
        && !target.visibleName().equals(visibleName)
        && facts.tables().stream().anyMatch(one -> one.visibleName().equals(visibleName));
  }

  private static void requireCleared(Coverage coverage, String column, int at) {
    if (coverage.relation().has(column) && !coverage.clears(column)) {
      throw refused(coverage.relation().name() + "." + column, at);
    }
  }

  private static boolean isWritable(RelationKind kind) {
    return switch (kind) {
      case TABLE, PARTITIONED, FOREIGN, TEMP, VIEW -> true;
      case MATVIEW, SEQUENCE, SYSTEM -> false;
    };
  }

  private static StatementRefused refused(String what, int at) {
    return new StatementRefused(MaskingErrorCode.WRITE_REFUSED, what, at);
  }
}
