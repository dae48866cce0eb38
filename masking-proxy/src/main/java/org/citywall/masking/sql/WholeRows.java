// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.TableReference;
import org.citywall.masking.sql.facts.Token;

/**
 * Compares the whole row of a table that was replaced to a list of texts. The row of a query has no
 * type of its own, and PostgreSQL reads no text as a row without one: the row is cast to the
 * table's type, column by column, which makes of it what it is already. What is compared is masked
 * as before.
 */
final class WholeRows {

  private final StatementFacts facts;
  private final Map<TableReference, Relation> relations;
  private final Tokens tokens;
  private final Edits edits;

  WholeRows(
      StatementFacts facts, Map<TableReference, Relation> relations, Tokens tokens, Edits edits) {
    this.facts = facts;
    this.relations = relations;
    this.tokens = tokens;
    this.edits = edits;
  }

  /**
   * Casts the rows that are compared.
   *
   * @param queried references of any statement of the text in whose place a query stands
   */
  void cast(Set<TableReference> queried) {
    for (TableReference table : queried) {
      String row = table.visibleName();
      Relation relation = relations.get(table);
      List<Integer> compared =
          facts.names().stream()
              .filter(name -> name.parts().equals(List.of(row)) && !name.star())
              .map(name -> tokens.indexAt(name.at()))
              .filter(this::isComparedToTexts)
              .distinct()
              .toList();
      if (relation != null && !compared.isEmpty() && meansNothingElse(row, table)) {
        for (int index : compared) {
          int end = tokens.endBefore(tokens.endOfPart(index));
          edits.replace(end, end, "::" + Identifier.quoted(relation.name()));
        }
      }
    }
  }

  /** PostgreSQL reads a text as a row in a list alone; by a sign, it says that it cannot. */
  private boolean isComparedToTexts(int index) {
    int next = tokens.endOfPart(index);
    int in = tokens.isWord(next, "not") ? next + 1 : next;
    if (!tokens.isWord(in, "in") || !tokens.is(in + 1, "(")) {
      return false;
    }
    int end = tokens.endOfBrackets(in + 1) - 1;
    for (int i = in + 2; i < end; i++) {
      if (tokens.is(i, "(") || tokens.is(i, "[")) {
        i = tokens.endOfBrackets(i) - 1;
      } else if (isText(i) && (i == in + 2 || tokens.is(i - 1, ","))) {
        return true;
      }
    }
    return false;
  }

  private boolean isText(int index) {
    return index < tokens.size()
        && (tokens.get(index).kind() == Token.Kind.STRING
            || tokens.get(index).kind() == Token.Kind.PARAMETER);
  }

  /** Whether every place of the name is this table's, its row's, or before a column of it. */
  private boolean meansNothingElse(String row, TableReference table) {
    Place place = Place.of(tokens, table);
    long tables = facts.tables().stream().filter(one -> one.visibleName().equals(row)).count();
    boolean column = relations.values().stream().anyMatch(relation -> relation.has(row));
    if (tables != 1 || column) {
      return false;
    }
    Set<Integer> starts =
        facts.names().stream()
            .filter(name -> name.at() >= 0 && !name.parts().isEmpty())
            .filter(name -> name.parts().getFirst().equals(row))
            .map(ColumnName::at)
            .collect(Collectors.toSet());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean own = i >= place.start() && i < place.aliasEnd();
      if (token.isName() && token.text().equals(row) && !own && !starts.contains(token.start())) {
        return false;
      }
    }
    return true;
  }
}
