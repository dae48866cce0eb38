// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** A tally as it is printed. */
record AccessLines(AccessTally tally) {

  /** Names come from a database: nothing of them may steer the terminal. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** One object on one line; {@code docs/reference/proxy/report.schema.json}. */
  String json() {
    List<Map<String, Object>> columns = new ArrayList<>();
    tally
        .columns()
        .forEach(
            (column, counts) -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("user", column.user());
              object.put("table", column.table());
              object.put("column", column.column());
              object.put("masked", counts.masked());
              object.put("shown", counts.shown());
              columns.add(object);
            });
    List<Map<String, Object>> refused = new ArrayList<>();
    tally
        .refusals()
        .forEach(
            (refusal, count) -> {
              Map<String, Object> object = new LinkedHashMap<>();
              object.put("user", refusal.user());
              object.put("code", refusal.code());
              object.put("reason", refusal.reason());
              object.put("statements", count);
              refused.add(object);
            });
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("decisions", tally.decisions());
    object.put("shredded", tally.shredded());
    object.put("columns", columns);
    object.put("refused", refused);
    return JsonMapper.shared().writeValueAsString(object);
  }

  /** Lines for people. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add("decisions: " + tally.decisions() + ", shredded: " + tally.shredded());
    lines.add("");
    lines.add(row("USER", "MASKED", "SHOWN", "COLUMN"));
    tally
        .columns()
        .forEach(
            (column, counts) ->
                lines.add(
                    row(
                        column.user(),
                        Long.toString(counts.masked()),
                        Long.toString(counts.shown()),
                        column.table() + "." + column.column())));
    lines.add("");
    lines.add(row("USER", "REFUSED", "CODE", "REASON"));
    tally
        .refusals()
        .forEach(
            (refusal, count) ->
                lines.add(
                    row(refusal.user(), Long.toString(count), refusal.code(), refusal.reason())));
    return lines;
  }

  private static String row(String user, String first, String second, String last) {
    String line = String.format(Locale.ROOT, "%-20s %10s %10s  %s", user, first, second, last);
    return CONTROL.matcher(line).replaceAll("\ufffd");
  }
}
