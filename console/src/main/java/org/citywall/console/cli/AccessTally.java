// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.jspecify.annotations.Nullable;

/**
 * How often each person's statements would show or mask each column, or be refused, counted from
 * decisions of a masking proxy.
 */
final class AccessTally {

  private final Map<Column, Counts> columns = new TreeMap<>(Column.ORDER);
  private final Map<Refusal, Long> refusals = new TreeMap<>(Refusal.ORDER);
  private long decisions;
  private long shredded;

  /** A person and a column. */
  record Column(String user, String table, String column) {

    private static final Comparator<Column> ORDER =
        Comparator.comparing(Column::user)
            .thenComparing(Column::table)
            .thenComparing(Column::column);
  }

  /** Statements that may read a column, by what becomes of it. */
  record Counts(long shown, long masked) {}

  /**
   * A person and why statements are refused.
   *
   * @param reason names identifiers, never values
   */
  record Refusal(String user, String code, String reason) {

    private static final Comparator<Refusal> ORDER =
        Comparator.comparing(Refusal::user)
            .thenComparing(Refusal::code)
            .thenComparing(Refusal::reason);
  }

  /** Counts one entry of a decision. */
  void add(LoggedEntry entry) {
    if (entry.shredded()) {
      shredded++;
    } else {
      decisions++;
      add(entry.event());
    }
  }

  private void add(Event decision) {
    String user = or(decision.text(Field.USER_NAME));
    if ("deny".equals(decision.text(Field.GOV_DECISION))) {
      refusals.merge(
          new Refusal(
              user, or(decision.text(Field.ERROR_CODE)), or(decision.text(Field.EVENT_REASON))),
          1L,
          Long::sum);
      return;
    }
    List<String> masked = decision.texts(Field.GOV_MASK_APPLIED);
    for (String name : new TreeSet<>(decision.texts(Field.DB_COLUMNS))) {
      Counts one = masked.contains(name) ? new Counts(0, 1) : new Counts(1, 0);
      columns.merge(
          column(user, name, decision.texts(Field.DB_TABLE)),
          one,
          (left, right) ->
              new Counts(left.shown() + right.shown(), left.masked() + right.masked()));
    }
  }

  private static String or(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Names may have dots in them; the tables of the decision tell where the column's begins. */
  private static Column column(String user, String name, List<String> tables) {
    int end =
        tables.stream()
            .filter(table -> name.startsWith(table + "."))
            .mapToInt(String::length)
            .max()
            .orElse(name.lastIndexOf('.'));
    return end < 0
        ? new Column(user, "", name)
        : new Column(user, name.substring(0, end), name.substring(end + 1));
  }

  long decisions() {
    return decisions;
  }

  /** Decisions of which nothing but their time is left; some may be of another source. */
  long shredded() {
    return shredded;
  }

  /** In the order of persons, tables and columns. */
  Map<Column, Counts> columns() {
    return columns;
  }

  /** In the order of persons, codes and reasons. */
  Map<Refusal, Long> refusals() {
    return refusals;
  }
}
