// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Map;
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

  private final StatementFacts facts;
  private final Map<TableReference, Relation> relations;
  private final Coverages coverages;

  WriteCheck(StatementFacts facts, Map<TableReference, Relation> relations, Coverages coverages) {
    this.facts = facts;
    this.relations = relations;
    this.coverages = coverages;
  }

  void run() {
    facts.writes().forEach(this::check);
  }

  /** What a write reads masked is not given back, where it would look like what is stored. */
  static void requireNoReturn(StatementFacts facts) {
    for (Write write : facts.writes()) {
      if (write.returning()) {
        throw refused("RETURNING of a write that reads masked columns", write.target().at());
      }
    }
  }

  private void check(Write write) {
    TableReference target = write.target();
    Relation relation = relations.get(target);
    if (relation == null || !isTable(relation.kind())) {
      throw refused("what is written is no table: " + target.name(), target.at());
    }
    Coverage coverage = coverages.of(relation, target.at());
    if (coverage.isOpen()) {
      return;
    }
    boolean inserts = write.kind() == StatementKind.INSERT || write.kind() == StatementKind.COPY_IN;
    if (!coverage.filters().isEmpty() && !inserts) {
      throw refused("rows of " + relation.name() + " are filtered", target.at());
    }
    if (write.everyColumn()) {
      throw refused("every column of " + relation.name() + " is written", target.at());
    }
    for (String column : write.columns()) {
      requireShown(coverage, column, target.at());
    }
    for (String field : write.selected()) {
      requireShown(coverage, field, target.at());
    }
    write.names().forEach(name -> check(name, target, coverage));
  }

  private static void check(ColumnName name, TableReference target, Coverage coverage) {
    boolean wholeRow =
        name.last().equals(target.visibleName())
            || name.star() && (name.parts().isEmpty() || name.last().equals("excluded"));
    if (wholeRow) {
      throw refused("every column of " + target.name() + " is read", target.at());
    }
    requireShown(coverage, name.last(), name.at());
  }

  private static void requireShown(Coverage coverage, String column, int at) {
    if (coverage.relation().has(column) && !coverage.shows(column)) {
      throw refused(coverage.relation().name() + "." + column, at);
    }
  }

  private static boolean isTable(RelationKind kind) {
    return switch (kind) {
      case TABLE, PARTITIONED, FOREIGN, TEMP -> true;
      case VIEW, MATVIEW, SEQUENCE, SYSTEM -> false;
    };
  }

  private static StatementRefused refused(String what, int at) {
    return new StatementRefused(MaskingErrorCode.WRITE_REFUSED, what, at);
  }
}
