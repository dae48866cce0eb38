// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.masking.sql.facts.Token;

/**
 * A statement written so that every lexer reads it alike: no comments, constants replaced by short
 * ones, quoted names by quoted plain ones.
 */
final class PlainText {

  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Token> tokens = new HashMap<>();

  PlainText(List<Token> statement) {
    for (int i = 0; i < statement.size(); i++) {
      Token token = statement.get(i);
      if (token.isWord("uescape") && i > 0 && statement.get(i - 1).kind() == Token.Kind.QUOTED) {
        i++;
      } else {
        add(token, i > 0 ? statement.get(i - 1) : token);
      }
    }
  }

  private void add(Token token, Token before) {
    boolean dot = token.is(".") || before.is(".");
    if (!text.isEmpty() && !dot) {
      text.append(' ');
    }
    tokens.put(text.length(), token);
    text.append(
        switch (token.kind()) {
          case STRING -> "'s'";
          case QUOTED -> "\"q" + tokens.size() + '"';
          case WORD ->
              token.text().matches("[a-z_][a-z0-9_]*") ? token.text() : "\"q" + tokens.size() + '"';
          case NUMBER, PARAMETER, OPERATOR, PUNCTUATION -> token.text();
        });
  }

  String text() {
    return text.toString();
  }

  /** The token that is written from this index on. */
  Optional<Token> tokenAt(int index) {
    return Optional.ofNullable(tokens.get(index));
  }
}
