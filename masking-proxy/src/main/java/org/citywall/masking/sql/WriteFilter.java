// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.stream.Collectors;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Keeps an UPDATE or DELETE to the rows that its person sees: the condition of the statement itself
 * is not even evaluated for others, as its errors would tell of them.
 */
record WriteFilter(Tokens tokens, Edits edits) {

  /** Adds the filters of what is written to the statement's own condition. */
  void add(TableReference target, Place place, Coverage coverage) {
    int where = -1;
    int end = place.aliasEnd();
    int open = 0;
    for (; end < tokens.size() && !tokens.is(end, ";"); end++) {
      open += opens(end);
      boolean word = open == 0 && !tokens.is(end - 1, ".");
      if (open < 0 || word && tokens.isWord(end, "returning")) {
        break;
      }
      if (word && where < 0 && tokens.isWord(end, "where")) {
        where = end;
      }
    }
    String filter =
        coverage.filters().stream()
            .map(one -> one.sql(target.visibleName()))
            .collect(Collectors.joining(") AND (", "(", ")"));
    int behind = tokens.endBefore(end);
    if (where < 0) {
      edits.replace(behind, behind, " WHERE " + filter);
      return;
    }
    if (tokens.isWord(where + 1, "current") && tokens.isWord(where + 2, "of")) {
      throw new StatementRefused(
          MaskingErrorCode.WRITE_REFUSED,
          "WHERE CURRENT OF, rows of " + coverage.relation().name() + " are filtered",
          tokens.start(where));
    }
    edits.replace(
        tokens.start(where),
        tokens.endBefore(where + 1),
        "WHERE " + filter + " AND CASE WHEN " + filter + " THEN (");
    edits.replace(behind, behind, ") ELSE false END");
  }

  private int opens(int index) {
    if (tokens.is(index, "(") || tokens.is(index, "[")) {
      return 1;
    }
    return tokens.is(index, ")") || tokens.is(index, "]") ? -1 : 0;
  }
}
