// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.citywall.correlation.ledger.ExposureLine;
import org.citywall.correlation.ledger.ExposureReport;

/** A report of the ledger as lines for people. */
final class ExposureLines {

  /** Names come from sources: nothing of them may steer the terminal. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private ExposureLines() {}

  static List<String> of(ExposureReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        report.question().from()
            + " to "
            + report.question().to()
            + ", as of leaf "
            + report.asOfLeaf());
    if (report.tooOld() + report.folded() > 0) {
      lines.add(
          "entries too late for their day: "
              + report.tooOld()
              + ", not told apart: "
              + report.folded());
    }
    lines.add("");
    lines.add(
        row("ROWS", "LEVEL 4", "LEVEL 3", "LEVEL 2", "CHANGED", "PERSONS", "UNKNOWN", "CLAIMED")
            + report.question().by());
    report.lines().forEach(line -> lines.add(row(line) + shown(line.value())));
    lines.add(row(report.total()) + "TOTAL");
    lines.add("");
    lines.add("PERSONS are distinct, and estimated with a standard error of 2.3 % where marked ~.");
    lines.add("UNKNOWN are rows of which no entry says whom they are about; CLAIMED are persons");
    lines.add("that a source counted without telling them apart.");
    return lines;
  }

  private static String row(ExposureLine line) {
    return row(
        Long.toString(line.rows()),
        line.byLevel().get(4).toString(),
        line.byLevel().get(3).toString(),
        line.byLevel().get(2).toString(),
        Long.toString(line.changed()),
        (line.exact() ? "" : "~") + line.persons(),
        Long.toString(line.unknown()),
        Long.toString(line.claimed()));
  }

  private static String row(String... cells) {
    StringBuilder row = new StringBuilder();
    for (String cell : cells) {
      row.append(String.format(Locale.ROOT, "%10s ", cell));
    }
    return row.append(' ').toString();
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(not said)" : CONTROL.matcher(value).replaceAll("\ufffd");
  }
}
