// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.index.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param problem what is wrong with the query, or null
 * @param range event times looked at
 * @param chart counts over time
 * @param total matching events, a lower bound where {@code exact} is false
 * @param next address of the next page, or null
 * @param terms values of the chosen field
 * @param asOfLeaf every leaf below this one was seen
 */
public record SearchView(
    @Nullable Problem problem,
    @Nullable TimeRange range,
    @Nullable Chart chart,
    List<EventLine> lines,
    long total,
    boolean exact,
    @Nullable String next,
    List<Term> terms,
    long asOfLeaf) {

  public SearchView {
    lines = List.copyOf(lines);
    terms = List.copyOf(terms);
  }

  /** Where the last bucket of the chart ends: the range rounded up to a whole bucket. */
  public @Nullable Instant getChartEnd() {
    if (range == null || chart == null) {
      return null;
    }
    Duration step = SearchForm.step(Duration.between(range.from(), range.to()));
    return range.from().plus(step.multipliedBy(chart.bars().size()));
  }

  /** A value, how often it occurs, and the search narrowed to it. */
  public record Term(String value, long count, String link) {}

  /**
   * A question that cannot be understood.
   *
   * @param messageKey of what is wrong, or null where {@code text} says it, in English
   * @param argument what the message names, or empty
   * @param position character of the query from 1, or 0 where a time is wrong
   * @param before the query up to where the problem begins
   * @param at the character there, a blank at the end
   * @param rest the query behind it
   */
  public record Problem(
      String code,
      @Nullable String messageKey,
      String argument,
      String text,
      int position,
      String before,
      String at,
      String rest) {

    static Problem at(String code, int position, String text, String query) {
      int from = Math.min(Math.max(0, position - 1), query.length());
      int to = Math.min(query.length(), from + 1);
      QueryProblem known = QueryProblem.of(text);
      return new Problem(
          code,
          known == null ? null : known.messageKey(),
          known == null ? "" : known.argument(),
          text,
          position,
          query.substring(0, from),
          from == to ? "\u00a0" : query.substring(from, to),
          query.substring(to));
    }

    static Problem ofTime(String code) {
      return new Problem(code, "search.problem.time", "", "", 0, "", "", "");
    }
  }

  static SearchView failed(Problem problem) {
    return new SearchView(problem, null, null, List.of(), 0, true, null, List.of(), 0);
  }
}
