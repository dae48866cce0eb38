// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.citywall.audit.log.Hash;

/** Statements without their values. */
public final class StatementText {

  private static final int LONGEST = 4096;
  private static final String UNREADABLE = "(a text that cannot be read as a statement)";

  private StatementText() {}

  /**
   * The statement with {@code ?} in the place of every string and number, without comments, its
   * tokens one space apart; cut after 4,096 characters. Of what is no statement nothing is kept.
   */
  public static String withoutValues(String sql) {
    String text = whole(sql);
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  /** SHA-256 in hexadecimal of the text without values, before it is cut. */
  public static String digest(String sql) {
    return Hash.sha256(whole(sql).getBytes(UTF_8)).hex();
  }

  private static String whole(String sql) {
    List<Token> tokens;
    try {
      tokens = Lexer.tokens(sql);
    } catch (StatementRefused e) {
      return UNREADABLE;
    }
    StringBuilder text = new StringBuilder(sql.length());
    for (Token token : tokens) {
      text.append(text.isEmpty() ? "" : " ").append(shown(token));
    }
    return text.toString();
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case STRING, NUMBER -> "?";
      case QUOTED -> Identifier.quoted(token.text());
      default -> token.text();
    };
  }
}
