// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.correlation.ledger.ExposureLine;
import org.citywall.correlation.ledger.ExposureReport;

/** A report as members of a JSON object: {@code docs/reference/exposure/ledger.schema.json}. */
public final class ExposureFacts {

  /** Heads of the columns of {@link #cells}, beside that of the value. */
  public static final List<String> COLUMNS =
      List.of(
          "rows",
          "rows_level_0",
          "rows_level_1",
          "rows_level_2",
          "rows_level_3",
          "rows_level_4",
          "rows_changed",
          "rows_of_known_persons",
          "rows_of_unknown_persons",
          "persons",
          "persons_exact",
          "persons_claimed",
          "statements",
          "statements_without_end");

  private ExposureFacts() {}

  public static Map<String, Object> of(ExposureReport report) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("from", report.question().from().toString());
    facts.put("to", report.question().to().toString());
    facts.put("by", report.question().by().name().toLowerCase(Locale.ROOT));
    facts.put("as_of_leaf", report.asOfLeaf());
    facts.put("too_old", report.tooOld());
    facts.put("not_told_apart", report.folded());
    facts.put("total", line(report, report.total(), false));
    facts.put("lines", report.lines().stream().map(line -> line(report, line, true)).toList());
    return facts;
  }

  private static Map<String, Object> line(ExposureReport report, ExposureLine line, boolean one) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (one) {
      facts.put("value", line.value());
      EntriesBehind.query(report.question(), line.value())
          .ifPresent(query -> facts.put("query", query));
    }
    List<Object> numbers = numbers(line);
    for (int i = 0; i < numbers.size(); i++) {
      facts.put(COLUMNS.get(i), numbers.get(i));
    }
    facts.put("keys", line.keys());
    facts.put("last_leaf", line.lastLeaf());
    facts.put("rows_by_day", line.byDay());
    return facts;
  }

  /** The line in the order of {@link #COLUMNS}, with its value before. */
  public static List<String> cells(ExposureLine line) {
    List<String> cells = new ArrayList<>();
    cells.add(line.value());
    numbers(line).forEach(number -> cells.add(number.toString()));
    return cells;
  }

  private static List<Object> numbers(ExposureLine line) {
    List<Object> numbers = new ArrayList<>();
    numbers.add(line.rows());
    numbers.addAll(line.byLevel());
    numbers.add(line.changed());
    numbers.add(line.known());
    numbers.add(line.unknown());
    numbers.add(line.persons());
    numbers.add(line.exact());
    numbers.add(line.claimed());
    numbers.add(line.statements());
    numbers.add(line.unfinished());
    return numbers;
  }
}
