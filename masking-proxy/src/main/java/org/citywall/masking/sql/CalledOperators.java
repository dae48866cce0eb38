// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Map;
import java.util.Set;
import org.citywall.masking.sql.facts.Token;

/**
 * Which operators a token calls. PostgreSQL looks those behind its key words up by their names, as
 * it does with signs, and takes one that somebody made where its types fit better: {@code 'a' LIKE
 * 3} calls {@code ~~ (text, integer)}.
 */
final class CalledOperators {

  private static final Set<String> EQUAL = Set.of("=");

  /** By the grammar of PostgreSQL 18; {@code when} and {@code using} where they compare. */
  private static final Map<String, Set<String>> BY_WORD =
      Map.of(
          "like",
          Set.of("~~", "!~~"),
          "ilike",
          Set.of("~~*", "!~~*"),
          "similar",
          Set.of("~", "!~"),
          "between",
          Set.of("<", "<=", ">", ">="),
          "in",
          Set.of("=", "<>"),
          "distinct",
          EQUAL,
          "nullif",
          EQUAL,
          "when",
          EQUAL,
          "using",
          EQUAL,
          "natural",
          EQUAL);

  private CalledOperators() {}

  static Set<String> of(Token token) {
    return switch (token.kind()) {
      case OPERATOR -> Set.of(token.text().equals("!=") ? "<>" : token.text());
      case WORD -> BY_WORD.getOrDefault(token.text(), Set.of());
      default -> Set.of();
    };
  }
}
