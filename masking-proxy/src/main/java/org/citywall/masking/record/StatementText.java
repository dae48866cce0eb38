// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.record;

import java.util.List;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/** Statements without their values. */
final class StatementText {

  private static final int LONGEST = 4096;
  private static final String UNREADABLE = "(a text that cannot be read as a statement)";

  private StatementText() {}

  /**
   * The statement with {@code ?} in the place of every string and number, without comments, its
   * tokens one space apart; cut after 4,096 characters. Of what is no statement nothing is kept.
   */
  static String withoutValues(String sql) {
    List<Token> tokens;
    try {
      tokens = Lexer.tokens(sql);
    } catch (StatementRefused e) {
      return UNREADABLE;
    }
    StringBuilder text = new StringBuilder(Math.min(sql.length(), LONGEST));
    for (Token token : tokens) {
      if (text.length() > LONGEST) {
        break;
      }
      text.append(text.isEmpty() ? "" : " ").append(shown(token));
    }
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case STRING, NUMBER -> "?";
      case QUOTED -> '"' + token.text() + '"';
      default -> token.text();
    };
  }
}
