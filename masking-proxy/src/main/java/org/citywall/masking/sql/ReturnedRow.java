// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.stream.Collectors;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;

/**
 * The star of {@code RETURNING *} at the end of an INSERT that reads nothing: drivers add it where
 * a program asks for generated keys. It returns the row as its person would read it.
 *
 * @param star index of the star's token, or -1 where there is none
 */
record ReturnedRow(Tokens tokens, int star) {

  /** Finds it. */
  static ReturnedRow of(List<StatementFacts> statements, Tokens tokens) {
    int last = tokens.size() - 1;
    while (tokens.is(last, ";")) {
      last--;
    }
    boolean found =
        statements.size() == 1
            && isPlainInsert(statements.getFirst())
            && tokens.all().stream().noneMatch(token -> token.isWord("conflict"))
            && tokens.is(last, "*")
            && tokens.isWord(last - 1, "returning");
    return new ReturnedRow(tokens, found ? last : -1);
  }

  private static boolean isPlainInsert(StatementFacts facts) {
    return facts.kind() == StatementKind.INSERT
        && facts.writes().size() == 1
        && facts.writes().getFirst().returning()
        && facts.tables().size() == 1;
  }

  boolean isThere() {
    return star >= 0;
  }

  /** Whether this name is the star. */
  boolean is(ColumnName name) {
    return isThere() && name.star() && name.parts().isEmpty() && name.at() == tokens.start(star);
  }

  /** Puts the columns in its place as the person sees them. */
  void mask(Coverage coverage, Edits edits) {
    String columns =
        coverage.relation().columns().stream()
            .map(coverage::shown)
            .collect(Collectors.joining(", "));
    edits.replace(tokens.start(star), tokens.endBefore(star + 1), columns);
  }
}
