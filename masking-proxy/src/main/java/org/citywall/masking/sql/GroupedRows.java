// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FromClause;
import org.citywall.masking.sql.facts.Grouping;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Groups by what the primary key of a table decides, where the table was replaced: PostgreSQL lets
 * a statement that groups by the key of a table name its other columns, and a query in the table's
 * place has no key. The groups stay the same, because the key is shown as it is and each of its
 * values stands in one row. Columns that are added are named as the statement's own are, so that
 * they are those that are masked already.
 */
final class GroupedRows {

  private final StatementFacts facts;
  private final Map<TableReference, Relation> relations;
  private final Coverages coverages;
  private final Tokens tokens;
  private final Edits edits;

  GroupedRows(
      StatementFacts facts,
      Map<TableReference, Relation> relations,
      Coverages coverages,
      Tokens tokens,
      Edits edits) {
    this.facts = facts;
    this.relations = relations;
    this.coverages = coverages;
    this.tokens = tokens;
    this.edits = edits;
  }

  /**
   * Adds to each GROUP BY.
   *
   * @param replaced references in whose place a query stands
   */
  void add(Set<TableReference> replaced) {
    for (Grouping grouping : facts.groupings()) {
      String added =
          tables(grouping.from())
              .filter(replaced::contains)
              .flatMap(table -> decided(table, grouping))
              .map(column -> ", " + column)
              .collect(Collectors.joining());
      if (!added.isEmpty()) {
        append(added, tokens.indexAt(grouping.keys().getLast().at()));
      }
    }
  }

  /** Puts columns behind the last one, but not within brackets, where they would be a row's. */
  private void append(String columns, int last) {
    if (tokens.is(last - 1, ",") || tokens.isWord(last - 1, "by")) {
      int end = tokens.endBefore(tokens.endOfName(last));
      edits.replace(end, end, columns);
    }
  }

  private static Stream<TableReference> tables(FromClause from) {
    return Stream.concat(from.kept().stream(), from.padded().stream());
  }

  /** The columns to add where the rows of a table are told apart by what is grouped by. */
  private Stream<String> decided(TableReference table, Grouping grouping) {
    Relation relation = relations.get(table);
    if (relation == null
        || relation.key().isEmpty()
        || relation.kind() != RelationKind.PARTITIONED && !relation.children().isEmpty()) {
      return Stream.empty();
    }
    Coverage coverage = coverages.of(relation, table.at());
    boolean told =
        relation.key().stream()
            .allMatch(column -> coverage.shows(column) && isGrouped(table, column, grouping));
    return told ? named(table, relation, grouping) : Stream.empty();
  }

  private boolean isGrouped(TableReference table, String column, Grouping grouping) {
    return grouping.keys().stream().anyMatch(key -> isOf(key, table, column, grouping.from()));
  }

  /** Whether a name can be nothing but this column. */
  private boolean isOf(ColumnName name, TableReference table, String column, FromClause from) {
    if (!name.last().equals(column)) {
      return false;
    }
    List<String> parts = name.parts();
    return parts.size() == 1
        ? from.closed() && tables(from).filter(one -> has(one, column)).count() == 1
        : parts.get(parts.size() - 2).equals(table.visibleName())
            && tables(from).filter(one -> one.visibleName().equals(table.visibleName())).count()
                == 1;
  }

  private boolean has(TableReference table, String column) {
    Relation relation = relations.get(table);
    return relation == null || relation.has(column);
  }

  /** The columns of a table that the statement may name beside its key. */
  private Stream<String> named(TableReference table, Relation relation, Grouping grouping) {
    String alias = table.visibleName();
    return relation.columns().stream()
        .filter(column -> column.type().isGrouped() && !isGrouped(table, column.name(), grouping))
        .filter(
            column -> facts.names().stream().anyMatch(name -> mayName(name, alias, column.name())))
        .map(column -> Identifier.quoted(alias) + "." + Identifier.quoted(column.name()));
  }

  private static boolean mayName(ColumnName name, String alias, String column) {
    List<String> parts = name.parts();
    if (name.star()) {
      return name.last().equals(alias);
    }
    return name.last().equals(column)
        && (parts.size() == 1 || parts.get(parts.size() - 2).equals(alias));
  }
}
