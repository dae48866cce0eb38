// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Optional;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.sql.facts.Token;
import org.jspecify.annotations.Nullable;

/**
 * A constant or parameter as its tokens write it, with the cast that it may stand in.
 *
 * @param token the constant or parameter
 * @param cast the type's name; null without a cast
 * @param end index behind the last token
 */
record Operand(Token token, @Nullable String cast, int end) {

  /** The protocol binds at most 65,535 parameters. */
  private static final int MOST_DIGITS = 5;

  /** The operand that starts at this index; empty where it is written in another way. */
  static Optional<Operand> at(Tokens tokens, int start) {
    if (isConstant(tokens, start)) {
      if (!tokens.is(start + 1, "::")) {
        return Optional.of(new Operand(tokens.get(start), null, start + 1));
      }
      int end = endOfType(tokens, start + 2);
      return cast(tokens, start, start + 2, end, end);
    }
    if (tokens.isWord(start, "cast")
        && tokens.is(start + 1, "(")
        && isConstant(tokens, start + 2)
        && tokens.isWord(start + 3, "as")) {
      int end = endOfType(tokens, start + 4);
      return tokens.is(end, ")")
          ? cast(tokens, start + 2, start + 4, end, end + 1)
          : Optional.empty();
    }
    int end = endOfType(tokens, start);
    return end > start && LookUpType.isName(type(tokens, start)) && isConstant(tokens, end)
        ? cast(tokens, end, start, end, end + 1)
        : Optional.empty();
  }

  private static Optional<Operand> cast(Tokens tokens, int constant, int from, int to, int end) {
    boolean ends =
        to > from && !tokens.is(end, "::") && !tokens.is(end, "(") && !tokens.is(end, "[");
    return ends
        ? Optional.of(new Operand(tokens.get(constant), type(tokens, from), end))
        : Optional.empty();
  }

  private static String type(Tokens tokens, int index) {
    return endOfType(tokens, index) == index + 2 ? "character varying" : tokens.get(index).text();
  }

  private static boolean isConstant(Tokens tokens, int index) {
    return index >= 0
        && index < tokens.size()
        && switch (tokens.get(index).kind()) {
          case STRING, NUMBER, PARAMETER -> true;
          case WORD, QUOTED, OPERATOR, PUNCTUATION -> false;
        };
  }

  /** Index behind a type's name of one word, or behind CHARACTER VARYING. */
  private static int endOfType(Tokens tokens, int index) {
    boolean word = index < tokens.size() && tokens.get(index).kind() == Token.Kind.WORD;
    if (!word) {
      return index;
    }
    return tokens.isWord(index, "character") && tokens.isWord(index + 1, "varying")
        ? index + 2
        : index + 1;
  }

  /** What the operand is as one of a look-up, and its SQL. */
  record Found(LookUp.Operand value, String sql) {}

  /**
   * The operand beside a column; empty where their types do not fit, or for a text whose value is
   * not plain to see.
   *
   * @param usualCast of what has no type of its own
   */
  Optional<Found> beside(LookUpType type, String usualCast) {
    boolean number = token.kind() == Token.Kind.NUMBER;
    if (number && !type.takesNumber(token.text())) {
      return Optional.empty();
    }
    if (number && cast == null) {
      return Optional.of(new Found(constant(token.text()), token.text()));
    }
    Optional<String> to = cast == null ? Optional.of(usualCast) : type.cast(cast);
    return to.flatMap(name -> value(name).map(value -> new Found(value, cast(token.text(), name))));
  }

  private Optional<LookUp.Operand> value(String castTo) {
    String text = token.text();
    return switch (token.kind()) {
      case PARAMETER -> parameter(text.substring(1), castTo);
      case NUMBER -> Optional.of(constant(text));
      case STRING -> {
        String inner = text.substring(1, Math.max(1, text.length() - 1));
        boolean plain = text.charAt(0) == '\'' && inner.replace("''", "").indexOf('\'') < 0;
        yield plain ? Optional.of(constant(inner.replace("''", "'"))) : Optional.empty();
      }
      case WORD, QUOTED, OPERATOR, PUNCTUATION -> Optional.empty();
    };
  }

  private static Optional<LookUp.Operand> parameter(String number, String castTo) {
    return number.length() > MOST_DIGITS
        ? Optional.empty()
        : Optional.of(
            new LookUp.Operand.Parameter(Integer.parseInt(number), LookUpType.id(castTo)));
  }

  private static LookUp.Operand constant(String value) {
    return new LookUp.Operand.Constant(Sensitive.of(value));
  }

  private static String cast(String text, String type) {
    return "CAST(" + text + " AS pg_catalog." + type + ")";
  }
}
