// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Optional;
import org.citywall.masking.sql.facts.Token;

/** The text of a constant. */
final class Literal {

  private Literal() {}

  /** Its text; empty for one in several parts or with escapes. */
  static Optional<String> at(Tokens tokens, int index) {
    String text = tokens.get(index).text();
    boolean goesOn =
        index + 1 < tokens.size()
            && (tokens.get(index + 1).kind() == Token.Kind.STRING
                || tokens.isWord(index + 1, "uescape"));
    if (goesOn) {
      return Optional.empty();
    }
    if (text.startsWith("$")) {
      int tag = text.indexOf('$', 1) + 1;
      return text.length() >= 2 * tag
          ? Optional.of(text.substring(tag, text.length() - tag))
          : Optional.empty();
    }
    int quote = text.indexOf('\'');
    boolean escapes = quote > 0 && text.indexOf('\\') >= 0;
    return escapes || quote < 0 || text.length() < quote + 2
        ? Optional.empty()
        : Optional.of(text.substring(quote + 1, text.length() - 1).replace("''", "'"));
  }
}
