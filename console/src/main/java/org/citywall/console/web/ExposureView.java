// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.index.Histogram;
import org.citywall.console.exposure.EntriesBehind;
import org.citywall.correlation.ledger.ExposureLine;
import org.citywall.correlation.ledger.ExposureReport;
import org.jspecify.annotations.Nullable;

/**
 * A report of the ledger as its page shows it.
 *
 * @param lines at most {@link #MOST}
 * @param more lines that are not shown
 */
public record ExposureView(
    ExposureReport report, Chart chart, List<Line> lines, int more, long lag) {

  /** Lines of a page; the exports have all. */
  static final int MOST = 200;

  private static final int CHART_HEIGHT = 120;
  private static final int WIDTH = 120;
  private static final int HEIGHT = 20;
  private static final int EDGE = 1;

  /**
   * One line.
   *
   * @param spark points of its rows by day, in a box of 120 by 22
   * @param entries address of the entries behind it; null where no query finds them
   * @param inside address of what is inside it; null where nothing is
   */
  public record Line(
      ExposureLine line, String spark, @Nullable String entries, @Nullable String inside) {}

  static ExposureView of(
      ExposureReport report, ExposureForm form, Display display, ZoneId zone, long lag) {
    List<Line> lines = new ArrayList<>();
    for (ExposureLine line : report.lines().subList(0, Math.min(MOST, report.lines().size()))) {
      boolean many = line.value().isEmpty() || line.value().equals("*");
      lines.add(
          new Line(
              line,
              spark(line.byDay()),
              entries(report, line, zone),
              many || form.getNarrowed().isPresent() ? null : form.inside(line.value())));
    }
    Histogram days =
        new Histogram(
            report.question().from().atStartOfDay(zone).toInstant(),
            Duration.ofDays(1),
            report.total().byDay(),
            report.asOfLeaf());
    Chart chart = new ChartMaker(display, zone, CHART_HEIGHT).bars(days, (from, to) -> "");
    return new ExposureView(report, chart, lines, report.lines().size() - lines.size(), lag);
  }

  private static @Nullable String entries(ExposureReport report, ExposureLine line, ZoneId zone) {
    DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    return EntriesBehind.query(report.question(), line.value())
        .map(
            query ->
                new SearchForm(
                        query,
                        null,
                        time.format(report.question().from().atStartOfDay(zone)),
                        time.format(report.question().to().plusDays(1).atStartOfDay(zone)),
                        null,
                        null,
                        null)
                    .getLink())
        .orElse(null);
  }

  private static String spark(List<Long> numbers) {
    long most = Math.max(1, numbers.stream().mapToLong(Long::longValue).max().orElse(1));
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      double x = numbers.size() == 1 ? 0 : (double) WIDTH * i / (numbers.size() - 1);
      double y = EDGE + HEIGHT - HEIGHT * (double) numbers.get(i) / most;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    if (numbers.size() == 1) {
      points.append(String.format(Locale.ROOT, "%d,%.1f", WIDTH, (double) EDGE));
    }
    return points.toString().strip();
  }
}
