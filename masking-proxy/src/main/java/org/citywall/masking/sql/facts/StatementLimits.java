// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.citywall.masking.MaskingErrorCode;

/**
 * How large a statement may be before a parser sees it.
 *
 * @param length units of the statement
 * @param tokens tokens of the statement
 * @param nesting brackets that are open at one place
 * @param queries brackets with a query in them that are open at one place
 * @param depth tokens that can hang on each other at one place: those since the last comma or
 *     branch, in each open bracket and CASE; bounds the height of any tree of the statement
 */
public record StatementLimits(int length, int tokens, int nesting, int queries, int depth) {

  /** What PostgreSQL's own grammar takes on {@code AnalysisThread}'s stack, with much to spare. */
  public static final StatementLimits USUAL =
      new StatementLimits(1 << 20, 100_000, 200, 200, 5_000);

  /**
   * The statement's tokens, where they are within the limits.
   *
   * @throws StatementRefused {@code STATEMENT_TOO_LARGE}, {@code STATEMENT_UNREADABLE}
   */
  public List<Token> read(String sql) {
    if (sql.length() > length) {
      throw refused("a statement of more than " + length + " characters", -1);
    }
    List<Token> read = Lexer.tokens(sql);
    if (read.size() > tokens) {
      throw refused("more than " + tokens + " tokens", read.get(tokens).start());
    }
    requireFlat(read);
    return read;
  }

  private void requireFlat(List<Token> read) {
    Nest nest = new Nest();
    Token before = null;
    for (Token token : read) {
      boolean plain = before == null || !before.is(".") && !before.isWord("as");
      nest.take(token, plain);
      before = token;
      if (nest.outer.size() > nesting) {
        throw refused("more than " + nesting + " open brackets", token.start());
      }
      if (nest.queries > queries) {
        throw refused("more than " + queries + " sub-queries in each other", token.start());
      }
      if (nest.hanging > depth) {
        throw refused("an expression of more than " + depth + " parts", token.start());
      }
    }
  }

  /** What is open at a place. */
  private static final class Nest {
    private final Deque<Level> outer = new ArrayDeque<>();
    private Level level = new Level(false);
    private int hanging;
    private int queries;

    /**
     * Takes the next token.
     *
     * @param plain whether it cannot be a field or a label: those may be named like any key word
     */
    void take(Token token, boolean plain) {
      if (level.hanging == 1 && !outer.isEmpty() && startsQuery(token)) {
        level.query = true;
        queries++;
      }
      if (token.is("(") || token.is("[") || plain && token.isWord("case")) {
        outer.push(level);
        level = new Level(token.isWord("case"));
      } else if (token.is(")") || token.is("]")) {
        while (level.branches) {
          leave();
        }
        leave();
      } else if (level.branches && plain && token.isWord("end")) {
        leave();
      } else if (separates(token, plain)) {
        hanging -= level.hanging - level.setOperations;
        level.hanging = level.setOperations;
      } else if (isSetOperation(token)) {
        level.setOperations++;
      }
      level.hanging++;
      hanging++;
    }

    private boolean separates(Token token, boolean plain) {
      return token.is(",")
          || token.is(";")
          || level.branches && plain && (token.isWord("when") || token.isWord("else"));
    }

    private void leave() {
      if (!outer.isEmpty()) {
        hanging -= level.hanging;
        queries -= level.query ? 1 : 0;
        level = outer.pop();
      }
    }
  }

  /** What is open between two brackets, or within CASE. */
  private static final class Level {
    private final boolean branches;
    private int hanging;
    private int setOperations;
    private boolean query;

    Level(boolean branches) {
      this.branches = branches;
    }
  }

  private static boolean startsQuery(Token token) {
    return token.isWord("select") || token.isWord("with") || token.isWord("values");
  }

  /** Their chain goes on behind a comma. */
  private static boolean isSetOperation(Token token) {
    return token.isWord("union") || token.isWord("intersect") || token.isWord("except");
  }

  private static StatementRefused refused(String what, int position) {
    return new StatementRefused(MaskingErrorCode.STATEMENT_TOO_LARGE, what, position);
  }
}
