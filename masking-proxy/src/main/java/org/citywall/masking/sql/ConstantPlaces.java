// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Set;
import org.citywall.masking.sql.facts.Token;
import org.jspecify.annotations.Nullable;

/**
 * The places of a text where a constant is an operand and nothing else: beside an operator or a key
 * word of a condition, in the list of IN or in a row of VALUES. Not the argument of a function, at
 * any depth, the part of a type or of a name, what a cast or COLLATE follows, or what a word stands
 * before that may be a type. Places are listed here by what is beside them; any other is none.
 */
final class ConstantPlaces {

  private static final Set<String> OPERATORS =
      Set.of("=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "||");

  private static final Set<String> BEFORE =
      Set.of("and", "or", "between", "like", "ilike", "limit", "offset", "then", "else", "when");

  private static final Set<String> BEHIND =
      Set.of(
          "and",
          "or",
          "order",
          "group",
          "having",
          "limit",
          "offset",
          "where",
          "from",
          "returning",
          "when",
          "then",
          "else",
          "end",
          "as",
          "union",
          "for");

  /** No name of a function or type: a bracket behind one holds a query or an expression. */
  private static final Set<String> BEFORE_BRACKET =
      Set.of(
          "and",
          "or",
          "not",
          "where",
          "on",
          "when",
          "then",
          "else",
          "case",
          "as",
          "from",
          "join",
          "exists",
          "union",
          "except",
          "intersect",
          "select",
          "by",
          "having");

  /** What a bracket holds. */
  private enum Bracket {
    EXPRESSION,
    /** Operands of IN, or a row of VALUES. */
    LIST,
    /** Arguments, or anything that is not known here. */
    CLOSED
  }

  private final Tokens tokens;
  private final BitSet free = new BitSet();
  private final Deque<Bracket> open = new ArrayDeque<>();
  private Bracket inside = Bracket.EXPRESSION;

  /** What the bracket held that was the last to close; null where something else came behind it. */
  private @Nullable Bracket closed;

  private ConstantPlaces(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Indexes of the tokens that stand in such places. */
  static BitSet free(Tokens tokens) {
    ConstantPlaces places = new ConstantPlaces(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      places.take(i);
    }
    return places.free;
  }

  private void take(int index) {
    Token token = tokens.get(index);
    switch (token.kind()) {
      case PUNCTUATION -> sign(index);
      case NUMBER, STRING -> {
        if (inside != Bracket.CLOSED && isBefore(index - 1) && isBehind(index + 1)) {
          free.set(index);
        }
        closed = null;
      }
      case WORD, QUOTED, PARAMETER, OPERATOR -> closed = null;
    }
  }

  private void sign(int index) {
    if (tokens.is(index, "(") || tokens.is(index, "[")) {
      open.push(inside);
      inside = tokens.is(index, "[") ? Bracket.CLOSED : bracket(index);
      closed = null;
    } else if (tokens.is(index, ")") || tokens.is(index, "]")) {
      closed = inside;
      inside = open.isEmpty() ? Bracket.CLOSED : open.pop();
    } else if (!tokens.is(index, ",")) {
      closed = null;
    }
  }

  private Bracket bracket(int index) {
    int before = index - 1;
    if (inside == Bracket.CLOSED) {
      return Bracket.CLOSED;
    }
    if (tokens.isWord(before, "in") || tokens.isWord(before, "values")) {
      return Bracket.LIST;
    }
    if (tokens.is(before, ",") && closed == Bracket.LIST) {
      return Bracket.LIST;
    }
    boolean expression =
        before < 0
            || tokens.is(before, "(")
            || tokens.is(before, ",")
            || isOneOf(before, Token.Kind.OPERATOR, OPERATORS)
            || isOneOf(before, Token.Kind.WORD, BEFORE_BRACKET);
    return expression ? Bracket.EXPRESSION : Bracket.CLOSED;
  }

  private boolean isBefore(int index) {
    boolean listed = inside == Bracket.LIST && (tokens.is(index, "(") || tokens.is(index, ","));
    return listed
        || isOneOf(index, Token.Kind.OPERATOR, OPERATORS)
        || isOneOf(index, Token.Kind.WORD, BEFORE);
  }

  private boolean isBehind(int index) {
    return index == tokens.size()
        || tokens.is(index, ";")
        || tokens.is(index, ")")
        || tokens.is(index, ",")
        || isOneOf(index, Token.Kind.OPERATOR, OPERATORS)
        || isOneOf(index, Token.Kind.WORD, BEHIND);
  }

  private boolean isOneOf(int index, Token.Kind kind, Set<String> texts) {
    return index >= 0
        && index < tokens.size()
        && tokens.get(index).kind() == kind
        && texts.contains(tokens.get(index).text());
  }
}
