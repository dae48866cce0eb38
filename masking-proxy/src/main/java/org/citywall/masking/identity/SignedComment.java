// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.Token;

/** Finds the comment that names a person; see the package. */
final class SignedComment {

  private static final String OWN_KEY = "citywall";
  private static final String SPACE = " \t\r\n\f\u000B";

  private final String text;
  private final List<String> own = new ArrayList<>();
  private int at;

  private SignedComment(String text) {
    this.text = text;
  }

  static SentText read(String sql, List<Token> tokens) {
    List<Lexer.Comment> naming = new ArrayList<>();
    String token = "";
    for (Lexer.Comment comment : Lexer.comments(sql)) {
      Optional<String> found = new SignedComment(comment.text(sql)).token();
      if (found.isPresent()) {
        naming.add(comment);
        token = found.get();
      }
    }
    if (naming.isEmpty()) {
      return SentText.plain(sql);
    }
    if (naming.size() > 1) {
      return new SentText(sql, null, null, "a second comment that names a person");
    }
    int start = naming.getFirst().start();
    if (tokens.stream().anyMatch(one -> one.start() > start && !one.is(";"))) {
      return new SentText(sql, null, null, "a comment that names a person before the end");
    }
    return new SentText(withoutSpace(sql.substring(0, start)), token, null, null);
  }

  private static String withoutSpace(String sql) {
    int end = sql.length();
    while (end > 0 && SPACE.indexOf(sql.charAt(end - 1)) >= 0) {
      end--;
    }
    return sql.substring(0, end);
  }

  /** The value of our key; empty text for one that no signature fits. */
  private Optional<String> token() {
    do {
      skipSpace();
      if (!pair()) {
        return Optional.empty();
      }
      skipSpace();
    } while (takes(','));
    if (at < text.length() || own.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(own.size() == 1 ? decoded(own.getFirst()) : "");
  }

  private boolean pair() {
    int start = at;
    while (at < text.length() && isKeyPart(text.charAt(at))) {
      at++;
    }
    String key = text.substring(start, at);
    if (key.isEmpty() || !takes('=') || !takes('\'')) {
      return false;
    }
    int value = at;
    while (at < text.length() && text.charAt(at) != '\'') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      return false;
    }
    if (key.equals(OWN_KEY)) {
      own.add(text.substring(value, at));
    }
    at++;
    return true;
  }

  private static boolean isKeyPart(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "_.-%".indexOf(c) >= 0;
  }

  private void skipSpace() {
    while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean takes(char sign) {
    boolean found = at < text.length() && text.charAt(at) == sign;
    at += found ? 1 : 0;
    return found;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
