// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.ArrayList;
import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a statement into tokens by PostgreSQL's lexical rules (PostgreSQL 18, section 4.1, and its
 * {@code scan.l}) with {@code standard_conforming_strings} on. Runs in linear time without
 * recursion. Comments and white space yield no token.
 */
public final class Lexer {

  private static final String OPERATOR_SIGNS = "~!@#^&|`?+-*/%<>=";
  private static final String SINGLE_SIGNS = "()[],;.";

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private int at;

  /**
   * A block comment with those that it holds.
   *
   * @param start index of its first unit
   * @param end index behind its last unit
   */
  public record Comment(int start, int end) {

    /** What stands between its signs. */
    public String text(String sql) {
      return sql.substring(start + 2, end - 2);
    }
  }

  private Lexer(String sql) {
    this.sql = sql;
  }

  /**
   * The tokens of the statement.
   *
   * @throws StatementRefused {@code STATEMENT_UNREADABLE} for what is no token
   */
  public static List<Token> tokens(String sql) {
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < sql.length()
              && Character.isLowSurrogate(sql.charAt(i + 1));
      if (c == 0 || Character.isSurrogate(c) && !pair) {
        throw unreadable("a character that no text holds", i);
      }
      i += pair ? 1 : 0;
    }
    return List.copyOf(new Lexer(sql).read());
  }

  /**
   * The block comments of the statement between its tokens.
   *
   * @throws StatementRefused as for {@link #tokens}
   */
  public static List<Comment> comments(String sql) {
    Lexer lexer = new Lexer(sql);
    lexer.read();
    return List.copyOf(lexer.comments);
  }

  private List<Token> read() {
    while (skipSpace()) {
      char c = sql.charAt(at);
      if (isNameStart(c)) {
        word();
      } else if (c == '\'') {
        string(at, Quote.STANDARD);
      } else if (c == '"') {
        quotedName(at);
      } else if (c == '$') {
        dollar();
      } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
        number();
      } else if (OPERATOR_SIGNS.indexOf(c) >= 0) {
        operator();
      } else if (SINGLE_SIGNS.indexOf(c) >= 0) {
        add(Token.Kind.PUNCTUATION, at, at + 1);
      } else if (c == ':') {
        add(Token.Kind.PUNCTUATION, at, peek(1) == ':' || peek(1) == '=' ? at + 2 : at + 1);
      } else {
        throw unreadable("a character that starts no token", at);
      }
    }
    return UnicodeNames.decoded(tokens, sql);
  }

  /** Moves to the next token; false at the end. */
  private boolean skipSpace() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (isSpace(c)) {
        at++;
      } else if (c == '-' && peek(1) == '-') {
        at = endOfLine(at);
      } else if (c == '/' && peek(1) == '*') {
        skipComment();
      } else {
        return true;
      }
    }
    return false;
  }

  private void skipComment() {
    int start = at;
    int depth = 0;
    do {
      if (at + 1 >= sql.length()) {
        throw unreadable("a comment that does not end", start);
      }
      if (sql.charAt(at) == '/' && sql.charAt(at + 1) == '*') {
        depth++;
        at += 2;
      } else if (sql.charAt(at) == '*' && sql.charAt(at + 1) == '/') {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0);
    comments.add(new Comment(start, at));
  }

  private int endOfLine(int from) {
    int end = from;
    while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private void word() {
    int start = at;
    char c = sql.charAt(at);
    Quote quote = Quote.before(c, peek(1));
    if (quote != null) {
      string(start + 1, quote);
      return;
    }
    if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '\'') {
      string(start + 2, Quote.STANDARD);
      return;
    }
    if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '"') {
      quotedName(start + 2);
      return;
    }
    int end = at + 1;
    while (end < sql.length() && isNamePart(sql.charAt(end))) {
      end++;
    }
    tokens.add(
        new Token(Token.Kind.WORD, Identifier.folded(sql.substring(start, end)), start, end));
    at = end;
  }

  /** How a string constant treats backslashes. */
  private enum Quote {
    STANDARD,
    ESCAPES;

    static @Nullable Quote before(char first, char second) {
      if (second != '\'') {
        return null;
      }
      return switch (first) {
        case 'e', 'E' -> ESCAPES;
        case 'b', 'B', 'x', 'X', 'n', 'N' -> STANDARD;
        default -> null;
      };
    }
  }

  private void string(int open, Quote quote) {
    int start = at;
    int end = open;
    do {
      end = endOfQuotes(end, '\'', quote);
      int next = continuation(end);
      if (next < 0) {
        break;
      }
      end = next;
    } while (true);
    add(Token.Kind.STRING, start, end);
  }

  /** Index of the quote that goes on with a constant on another line, or -1. */
  private int continuation(int from) {
    int next = from;
    boolean newLine = false;
    while (next < sql.length()) {
      char c = sql.charAt(next);
      if (isSpace(c)) {
        newLine |= c == '\n' || c == '\r';
        next++;
      } else if (c == '-' && next + 1 < sql.length() && sql.charAt(next + 1) == '-') {
        next = endOfLine(next);
      } else {
        return newLine && c == '\'' ? next : -1;
      }
    }
    return -1;
  }

  private int endOfQuotes(int open, char sign, Quote quote) {
    int end = open + 1;
    while (end < sql.length()) {
      char c = sql.charAt(end);
      if (c == '\\' && quote == Quote.ESCAPES) {
        end += 2;
      } else if (c != sign) {
        end++;
      } else if (end + 1 < sql.length() && sql.charAt(end + 1) == sign) {
        end += 2;
      } else {
        return end + 1;
      }
    }
    throw unreadable("quotes that do not end", open);
  }

  private void quotedName(int open) {
    int start = at;
    int end = endOfQuotes(open, '"', Quote.STANDARD);
    String name = sql.substring(open + 1, end - 1).replace("\"\"", "\"");
    if (name.isEmpty()) {
      throw unreadable("a name without a character", start);
    }
    // U&"..." is decoded and cut when it is known whether UESCAPE follows
    tokens.add(
        new Token(Token.Kind.QUOTED, open == start ? Identifier.cut(name) : name, start, end));
    at = end;
  }

  private void dollar() {
    int start = at;
    if (isDigit(peek(1))) {
      int end = at + 1;
      while (end < sql.length() && isDigit(sql.charAt(end))) {
        end++;
      }
      rejectJunk(end);
      add(Token.Kind.PARAMETER, start, end);
      return;
    }
    int tagEnd = at + 1;
    while (tagEnd < sql.length()
        && (tagEnd == at + 1 ? isNameStart(sql.charAt(tagEnd)) : isTagPart(sql.charAt(tagEnd)))) {
      tagEnd++;
    }
    if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
      throw unreadable("a dollar sign that starts no token", start);
    }
    String tag = sql.substring(start, tagEnd + 1);
    int close = sql.indexOf(tag, tagEnd + 1);
    if (close < 0) {
      throw unreadable("dollar quotes that do not end", start);
    }
    add(Token.Kind.STRING, start, close + tag.length());
  }

  private void number() {
    int start = at;
    int end = digits(at);
    if (end < sql.length() && sql.charAt(end) == '.' && !sql.startsWith("..", end)) {
      end = digits(end + 1);
    }
    if (end < sql.length() && (sql.charAt(end) == 'e' || sql.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
        exponent++;
      }
      if (digits(exponent) > exponent) {
        end = digits(exponent);
      }
    }
    rejectJunk(end);
    add(Token.Kind.NUMBER, start, end);
  }

  /** Servers before 15 read {@code 1person} as a number and a name, later ones refuse it. */
  private void rejectJunk(int end) {
    if (end < sql.length() && isNameStart(sql.charAt(end))) {
      throw unreadable("a number with letters behind it", end);
    }
  }

  private int digits(int from) {
    int end = from;
    while (end < sql.length() && isDigit(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private void operator() {
    int end = at + 1;
    while (end < sql.length()
        && OPERATOR_SIGNS.indexOf(sql.charAt(end)) >= 0
        && !sql.startsWith("--", end)
        && !sql.startsWith("/*", end)) {
      end++;
    }
    add(Token.Kind.OPERATOR, at, end);
  }

  private void add(Token.Kind kind, int start, int end) {
    tokens.add(new Token(kind, sql.substring(start, end), start, end));
    at = end;
  }

  private char peek(int ahead) {
    return at + ahead < sql.length() ? sql.charAt(at + ahead) : '\0';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private static boolean isTagPart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  private static boolean isNamePart(char c) {
    return isTagPart(c) || c == '$';
  }

  static StatementRefused unreadable(String what, int position) {
    return new StatementRefused(MaskingErrorCode.STATEMENT_UNREADABLE, what, position);
  }
}
