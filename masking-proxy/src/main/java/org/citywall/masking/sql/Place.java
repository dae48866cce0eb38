// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.TableReference;

/**
 * Where the parts of a table reference stand, as indexes of tokens; ends are behind the last token.
 *
 * @param start the word ONLY, or the name
 * @param name the name's first part
 * @param nameEnd behind its last part
 * @param end behind the name, a star that follows and a bracket that belongs to ONLY
 * @param aliasEnd behind the alias and its columns
 * @param sampleEnd behind a TABLESAMPLE clause, or {@code aliasEnd}
 * @param tableCommand the word TABLE of a TABLE command, or -1
 */
record Place(
    int start, int name, int nameEnd, int end, int aliasEnd, int sampleEnd, int tableCommand) {

  static Place of(Tokens tokens, TableReference reference) {
    int name = tokens.indexAt(reference.at());
    int nameEnd = tokens.endOfName(name);
    if (nameEnd == name || !tokens.lastPart(name).text().equals(reference.name())) {
      throw new StatementRefused(
          MaskingErrorCode.CONSTRUCT_REFUSED, "a table whose place is unclear", reference.at());
    }
    int start = name;
    int end = nameEnd;
    if (reference.only() && tokens.isWord(name - 1, "only")) {
      start = name - 1;
    } else if (reference.only() && tokens.is(name - 1, "(") && tokens.isWord(name - 2, "only")) {
      start = name - 2;
      end++;
    } else if (tokens.is(nameEnd, "*")) {
      end++;
    }
    int aliasEnd = endOfAlias(tokens, reference, end);
    int sampleEnd = aliasEnd;
    if (reference.role() == TableReference.Role.SCAN && tokens.isWord(aliasEnd, "tablesample")) {
      sampleEnd = tokens.endOfBrackets(aliasEnd + 2);
      if (tokens.isWord(sampleEnd, "repeatable")) {
        sampleEnd = tokens.endOfBrackets(sampleEnd + 1);
      }
    }
    int command = tokens.isWord(start - 1, "table") ? start - 1 : -1;
    return new Place(start, name, nameEnd, end, aliasEnd, sampleEnd, command);
  }

  private static int endOfAlias(Tokens tokens, TableReference reference, int from) {
    if (reference.alias() == null) {
      return from;
    }
    int alias = tokens.isWord(from, "as") ? from + 1 : from;
    return tokens.is(alias + 1, "(") && reference.role() == TableReference.Role.SCAN
        ? tokens.endOfBrackets(alias + 1)
        : alias + 1;
  }
}
