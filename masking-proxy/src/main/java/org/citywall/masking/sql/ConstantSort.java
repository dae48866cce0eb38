// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.sql.facts.Token;

/**
 * Constants that every lexer cuts alike and of which every grammar makes the same tree, whichever
 * of its sort stands there.
 */
enum ConstantSort {
  /**
   * From 1 to 2,147,483,647, in digits alone. PostgreSQL's grammar has a token of its own for
   * these.
   */
  INTEGER('i'),
  /** A larger number of at most eighteen digits. */
  LARGE('l'),
  /** Digits, a dot and digits, and not zero. */
  DECIMAL('d'),
  /** In single quotes alone, without a quote, a backslash or a control character in it. */
  TEXT('t'),
  /** Zero, which is told from other numbers where conditions are read, and every other token. */
  OTHER('?');

  private static final int MOST_DIGITS = 18;

  private final char sign;

  ConstantSort(char sign) {
    this.sign = sign;
  }

  /** Names the sort in a shape. */
  char sign() {
    return sign;
  }

  static ConstantSort of(Token token) {
    return switch (token.kind()) {
      case NUMBER -> number(token.text());
      case STRING -> isPlain(token.text()) ? TEXT : OTHER;
      case WORD, QUOTED, PARAMETER, OPERATOR, PUNCTUATION -> OTHER;
    };
  }

  private static ConstantSort number(String text) {
    int dot = -1;
    boolean zero = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && dot < 0) {
        dot = i;
      } else if (c < '0' || c > '9') {
        return OTHER;
      }
      zero &= c == '0' || c == '.';
    }
    if (zero || text.length() > MOST_DIGITS || dot == 0 || dot == text.length() - 1) {
      return OTHER;
    }
    return dot > 0 ? DECIMAL : Long.parseLong(text) <= Integer.MAX_VALUE ? INTEGER : LARGE;
  }

  private static boolean isPlain(String text) {
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != '\'' || text.charAt(last) != '\'') {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\' || Character.isISOControl(c)) {
        return false;
      }
    }
    return true;
  }
}
