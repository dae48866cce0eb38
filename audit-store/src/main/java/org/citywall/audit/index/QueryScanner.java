// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.Set;

/**
 * Cuts query text into tokens. Full-width colon, parentheses, space and Chinese quotation marks
 * mean the same as the ASCII ones, because that is what an input method types.
 */
final class QueryScanner {

  sealed interface Token {
    /** Where the token begins, from 1. */
    int position();
  }

  enum Mark {
    OPEN,
    CLOSE,
    AND,
    OR,
    NOT,
    END
  }

  record Sign(Mark mark, int position) implements Token {}

  /** A field name and its colon; a value or an opening parenthesis must follow. */
  record Name(String name, int position) implements Token {}

  /**
   * A word, phrase or value.
   *
   * @param text without quotes and escapes
   * @param pattern the same with {@code *}, {@code ?} and {@code \} escaped where they are literal
   * @param wildcard whether the pattern has an active wildcard
   */
  record Value(String text, String pattern, boolean quoted, boolean wildcard, int position)
      implements Token {}

  private static final Set<String> WORDS = Set.of("AND", "OR", "NOT");

  private final String source;
  private int at;

  QueryScanner(String source) {
    this.source = source;
  }

  /** The next token; {@code names} says whether a field name may stand here. */
  Token next(boolean names) {
    while (at < source.length() && isSpace(source.charAt(at))) {
      at++;
    }
    int position = at + 1;
    if (at == source.length()) {
      return new Sign(Mark.END, position);
    }
    return switch (source.charAt(at)) {
      case '(', '（' -> sign(Mark.OPEN);
      case ')', '）' -> sign(Mark.CLOSE);
      case '"' -> quoted('"');
      case '“', '”' -> quoted('”');
      default -> bare(names);
    };
  }

  private Sign sign(Mark mark) {
    at++;
    return new Sign(mark, at);
  }

  private Value quoted(char end) {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < source.length() && source.charAt(at) != end) {
      if (source.charAt(at) == '\\') {
        at++;
        requireEscaped();
      }
      text.append(source.charAt(at++));
    }
    if (at == source.length()) {
      throw new QueryException(start + 1, "expected a closing quotation mark");
    }
    at++;
    return new Value(text.toString(), escaped(text), true, false, start + 1);
  }

  private Token bare(boolean names) {
    int start = at;
    StringBuilder text = new StringBuilder();
    StringBuilder pattern = new StringBuilder();
    boolean wildcard = false;
    while (at < source.length() && !endsWord(source.charAt(at))) {
      char c = source.charAt(at);
      if (names && isColon(c) && startsName(text)) {
        at++;
        return new Name(text.toString(), start + 1);
      }
      boolean escape = c == '\\';
      if (escape) {
        at++;
        requireEscaped();
        c = source.charAt(at);
      }
      wildcard |= !escape && isWildcard(c);
      pattern.append(escape && (isWildcard(c) || c == '\\') ? "\\" : "").append(c);
      text.append(c);
      at++;
    }
    return word(start, text.toString(), pattern.toString(), wildcard);
  }

  private Token word(int start, String text, String pattern, boolean wildcard) {
    if (WORDS.contains(source.substring(start, at))) {
      return new Sign(Mark.valueOf(text), start + 1);
    }
    return new Value(text, pattern, false, wildcard, start + 1);
  }

  private void requireEscaped() {
    if (at == source.length()) {
      throw new QueryException(at, "expected a character after the backslash");
    }
  }

  /** A pattern that matches this text and nothing else. */
  static String escaped(CharSequence text) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      pattern.append(isWildcard(c) || c == '\\' ? "\\" : "").append(c);
    }
    return pattern.toString();
  }

  /** Whether a field name can hold this character only behind a backslash. */
  static boolean endsName(char c) {
    return endsWord(c) || isColon(c) || c == '\\';
  }

  static boolean endsWord(char c) {
    return isSpace(c) || "()（）\"“”".indexOf(c) >= 0;
  }

  private static boolean isColon(char c) {
    return c == ':' || c == '：';
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isWildcard(char c) {
    return c == '*' || c == '?';
  }

  private static boolean startsName(CharSequence text) {
    return !text.isEmpty()
        && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '@' || text.charAt(0) == '_');
  }
}
