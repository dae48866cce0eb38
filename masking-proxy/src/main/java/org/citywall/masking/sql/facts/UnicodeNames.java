// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.ArrayList;
import java.util.List;

/** Decodes names in {@code U&"..."}, with {@code UESCAPE} where it follows. */
final class UnicodeNames {

  private UnicodeNames() {}

  static List<Token> decoded(List<Token> tokens, String sql) {
    boolean escaped = false;
    for (Token token : tokens) {
      escaped |= isEscaped(token, sql);
    }
    if (!escaped) {
      return tokens;
    }
    List<Token> decoded = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (isEscaped(token, sql)) {
        String name = decode(token, escape(tokens, i + 1, sql));
        token = new Token(Token.Kind.QUOTED, Identifier.cut(name), token.start(), token.end());
      }
      decoded.add(token);
    }
    return decoded;
  }

  private static boolean isEscaped(Token token, String sql) {
    return token.kind() == Token.Kind.QUOTED && sql.charAt(token.start()) != '"';
  }

  private static char escape(List<Token> tokens, int next, String sql) {
    if (next + 1 >= tokens.size() || !tokens.get(next).isWord("uescape")) {
      return '\\';
    }
    Token given = tokens.get(next + 1);
    if (given.kind() != Token.Kind.STRING
        || given.end() - given.start() != 3
        || "+'\" \t\n\r\f0123456789abcdefABCDEF".indexOf(sql.charAt(given.start() + 1)) >= 0) {
      throw Lexer.unreadable("an escape character that is none", given.start());
    }
    return sql.charAt(given.start() + 1);
  }

  private static String decode(Token token, char escape) {
    String written = token.text();
    StringBuilder name = new StringBuilder();
    int at = 0;
    while (at < written.length()) {
      char c = written.charAt(at);
      if (c != escape) {
        name.append(c);
        at++;
      } else if (at + 1 < written.length() && written.charAt(at + 1) == escape) {
        name.append(escape);
        at += 2;
      } else {
        boolean six = at + 1 < written.length() && written.charAt(at + 1) == '+';
        int from = at + (six ? 2 : 1);
        int end = from + (six ? 6 : 4);
        name.append(point(token, written, from, end));
        at = end;
      }
    }
    return name.toString();
  }

  private static String point(Token token, String written, int from, int end) {
    if (end > written.length() || !written.substring(from, end).matches("[0-9a-fA-F]+")) {
      throw Lexer.unreadable("a unicode escape that is none", token.start());
    }
    int point = Integer.parseInt(written.substring(from, end), 16);
    if (point == 0 || !Character.isValidCodePoint(point)) {
      throw Lexer.unreadable("a unicode escape of no character", token.start());
    }
    // halves of a pair are put together by their order
    return point < 0x10000 ? String.valueOf((char) point) : Character.toString(point);
  }
}
