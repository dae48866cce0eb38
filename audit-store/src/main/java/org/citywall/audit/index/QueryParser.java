// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.citywall.audit.index.QueryScanner.Mark;
import org.citywall.audit.index.QueryScanner.Name;
import org.citywall.audit.index.QueryScanner.Sign;
import org.citywall.audit.index.QueryScanner.Token;
import org.citywall.audit.index.QueryScanner.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query language.
 *
 * <pre>
 * query   := [ or ]
 * or      := and ( "OR" and )*
 * and     := not ( [ "AND" ] not )*
 * not     := "NOT"* ( "(" or ")" | name ":" value | name ":" "(" or ")" | words )
 * value   := text | "quoted" | pattern with * and ? | "*" (has a value)
 *          | ( ">" | ">=" | "<" | "<=" ) bound | bound ".." bound | address "/" bits
 * words   := text | "quoted" | "*" (every event)
 * </pre>
 *
 * Inside {@code name:( )} every word is a value of that field. A backslash takes the next character
 * as it is. Safe for use by several threads.
 */
public final class QueryParser {

  /** Longest query, in characters. */
  public static final int MAX_LENGTH = 4096;

  /** Deepest nesting of parentheses and negations. */
  public static final int MAX_DEPTH = 32;

  /** Most words and values in one query. */
  public static final int MAX_TERMS = 256;

  private final Clock clock;

  /** The clock gives {@code now}, and the zone of times without an offset. */
  public QueryParser(Clock clock) {
    this.clock = clock;
  }

  /** The query of this text, or {@link QueryException}; blank text asks for every event. */
  public Query parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new QueryException(MAX_LENGTH + 1, "a query has at most 4096 characters");
    }
    return new Run(text).query();
  }

  /** One reading of one text. */
  private final class Run {

    private static final Pattern SHOWABLE = Pattern.compile("[@a-z][a-z0-9_.@-]{0,60}");

    private final QueryScanner scanner;
    private final TypedValues values = new TypedValues(clock);
    private @Nullable Token ahead;
    private @Nullable SearchField field;
    private int depth;
    private int terms;

    Run(String text) {
      this.scanner = new QueryScanner(text);
    }

    Query query() {
      if (isNext(Mark.END)) {
        return new Query.All();
      }
      Query query = or();
      if (!isNext(Mark.END)) {
        throw new QueryException(peek().position(), "this parenthesis closes nothing");
      }
      return query;
    }

    private Query or() {
      List<Query> parts = new ArrayList<>();
      do {
        Query part = and();
        parts.addAll(part instanceof Query.Or or ? or.parts() : List.of(part));
      } while (take(Mark.OR));
      return parts.size() == 1 ? parts.getFirst() : new Query.Or(parts);
    }

    private Query and() {
      List<Query> parts = new ArrayList<>();
      do {
        Query part = not();
        parts.addAll(part instanceof Query.And and ? and.parts() : List.of(part));
      } while (take(Mark.AND) || startsPart());
      return parts.size() == 1 ? parts.getFirst() : new Query.And(parts);
    }

    private Query not() {
      int negations = 0;
      while (take(Mark.NOT)) {
        enter();
        negations++;
      }
      Query query = part();
      for (int i = 0; i < negations; i++) {
        query = new Query.Not(query);
      }
      depth -= negations;
      return query;
    }

    private Query part() {
      Token token = consume();
      return switch (token) {
        case Name name -> ofField(name);
        case Value value -> term(value);
        case Sign sign when sign.mark() == Mark.OPEN -> group();
        case Sign sign ->
            throw new QueryException(
                sign.position(), "expected a word, a field and its value, or a parenthesis");
      };
    }

    private Query group() {
      enter();
      Query query = or();
      if (!isNext(Mark.CLOSE)) {
        throw new QueryException(peek().position(), "expected a closing parenthesis");
      }
      ahead = null;
      depth--;
      return query;
    }

    private Query ofField(Name name) {
      field = SearchField.named(name.name()).orElseThrow(() -> unknown(name));
      Token token = consume();
      Query query =
          switch (token) {
            case Value value -> term(value);
            case Sign sign when sign.mark() == Mark.OPEN -> group();
            case Token other ->
                throw new QueryException(other.position(), "expected a value after the colon");
          };
      field = null;
      return query;
    }

    private Query term(Value value) {
      if (++terms > MAX_TERMS) {
        throw new QueryException(value.position(), "a query has at most 256 words and values");
      }
      return field == null ? values.words(value) : values.of(field, value);
    }

    private void enter() {
      if (++depth > MAX_DEPTH) {
        throw new QueryException(peek().position(), "nested more than 32 deep");
      }
    }

    private QueryException unknown(Name name) {
      if (!SHOWABLE.matcher(name.name()).matches()) {
        return new QueryException(
            name.position(), "no field has this name; quote the text to search for it as words");
      }
      List<String> nearest = SearchField.nearest(name.name());
      return new QueryException(
          name.position(),
          "unknown field "
              + name.name()
              + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?")
              + " Quote the text to search for it as words.");
    }

    private boolean startsPart() {
      return switch (peek()) {
        case Sign sign -> sign.mark() == Mark.OPEN || sign.mark() == Mark.NOT;
        case Name name -> true;
        case Value value -> true;
      };
    }

    private boolean isNext(Mark mark) {
      return peek() instanceof Sign sign && sign.mark() == mark;
    }

    private boolean take(Mark mark) {
      boolean taken = isNext(mark);
      if (taken) {
        ahead = null;
      }
      return taken;
    }

    private Token consume() {
      Token token = peek();
      ahead = null;
      return token;
    }

    private Token peek() {
      if (ahead == null) {
        ahead = scanner.next(field == null);
      }
      return ahead;
    }
  }
}
