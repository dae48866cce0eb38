// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;
import org.jspecify.annotations.Nullable;

/** The tokens of a text and where they stand. Indexes beyond either end hold nothing. */
final class Tokens {

  private final List<Token> tokens;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  static Tokens of(String sql) {
    return new Tokens(Lexer.tokens(sql));
  }

  List<Token> all() {
    return tokens;
  }

  int size() {
    return tokens.size();
  }

  Token get(int index) {
    return tokens.get(index);
  }

  /**
   * Index of the token that starts at this position.
   *
   * @throws StatementRefused where none does: the analyser and the lexer read different things
   */
  int indexAt(int position) {
    int low = 0;
    int high = tokens.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int start = tokens.get(middle).start();
      if (start == position) {
        return middle;
      }
      if (start < position) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw new StatementRefused(
        MaskingErrorCode.CONSTRUCT_REFUSED, "a name whose place is unclear", position);
  }

  boolean is(int index, String sign) {
    Token token = at(index);
    return token != null && token.is(sign);
  }

  boolean isWord(int index, String word) {
    Token token = at(index);
    return token != null && token.isWord(word);
  }

  boolean isName(int index) {
    Token token = at(index);
    return token != null && token.isName();
  }

  /** Index behind a name of parts with dots between them; the index itself where none starts. */
  int endOfName(int index) {
    int end = index;
    while (isName(end)) {
      end = endOfPart(end);
      if (!is(end, ".") || !isName(end + 1)) {
        return end;
      }
      end++;
    }
    return end;
  }

  /** The last part of the name that starts at this index. */
  Token lastPart(int index) {
    int part = index;
    for (int end = endOfPart(part); is(end, ".") && isName(end + 1); end = endOfPart(part)) {
      part = end + 1;
    }
    return get(part);
  }

  /** Index behind one part of a name, with its UESCAPE. */
  int endOfPart(int index) {
    boolean escape =
        get(index).kind() == Token.Kind.QUOTED
            && isWord(index + 1, "uescape")
            && index + 2 < size()
            && get(index + 2).kind() == Token.Kind.STRING;
    return escape ? index + 3 : index + 1;
  }

  /** Index behind the bracket that closes the one at this index. */
  int endOfBrackets(int index) {
    int open = 0;
    for (int i = index; i < size(); i++) {
      if (is(i, "(") || is(i, "[")) {
        open++;
      } else if (is(i, ")") || is(i, "]")) {
        open--;
      }
      if (open == 0) {
        return i + 1;
      }
    }
    throw new StatementRefused(
        MaskingErrorCode.CONSTRUCT_REFUSED, "brackets that do not close", -1);
  }

  /** How many commas stand in the bracket at this index and in none within it; 0 without one. */
  int commasIn(int index) {
    int commas = 0;
    if (is(index, "(")) {
      int end = endOfBrackets(index) - 1;
      for (int i = index + 1; i < end; i++) {
        if (is(i, "(") || is(i, "[")) {
          i = endOfBrackets(i) - 1;
        } else if (is(i, ",")) {
          commas++;
        }
      }
    }
    return commas;
  }

  /** Position of the token at this index, or the end of the text. */
  int start(int index) {
    return get(index).start();
  }

  /** Position behind the token before this index. */
  int endBefore(int index) {
    return get(index - 1).end();
  }

  private @Nullable Token at(int index) {
    return index >= 0 && index < size() ? tokens.get(index) : null;
  }
}
