// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Set;
import java.util.TreeSet;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Finds what a statement reads of a table that is no column of it but the system's: where a row
 * stands and which transactions made it. A derived table has none of that by itself. Where it would
 * come into a star, a whole row or a natural join, it is left out, and the database says that there
 * is no such column.
 */
final class SystemColumns {

  private static final Set<String> NAMES =
      Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

  private final Tokens tokens;
  private final StatementFacts facts;

  SystemColumns(Tokens tokens, StatementFacts facts) {
    this.tokens = tokens;
    this.facts = facts;
  }

  /** The names, in one order. */
  Set<String> readOf(Relation relation, TableReference reference) {
    Set<String> read = new TreeSet<>();
    boolean hasThem =
        switch (relation.kind()) {
          case TABLE, PARTITIONED, TEMP, MATVIEW -> true;
          case FOREIGN, VIEW, SEQUENCE, SYSTEM -> false;
        };
    if (!hasThem || isReadWhole(reference) || isJoinedNaturally()) {
      return read;
    }
    for (ColumnName name : facts.names()) {
      boolean own =
          name.parts().size() == 1
              || name.parts().size() > 1
                  && name.parts().get(name.parts().size() - 2).equals(reference.visibleName());
      if (own && NAMES.contains(name.last()) && !relation.has(name.last())) {
        read.add(name.last());
      }
    }
    return read;
  }

  private boolean isReadWhole(TableReference reference) {
    return facts.names().stream()
        .anyMatch(name -> name.star() || name.last().equals(reference.visibleName()));
  }

  private boolean isJoinedNaturally() {
    return tokens.all().stream().anyMatch(token -> token.isWord("natural"));
  }
}
