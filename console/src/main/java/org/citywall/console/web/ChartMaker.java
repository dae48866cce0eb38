// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.citywall.audit.index.Histogram;
import org.citywall.console.web.Chart.Bar;
import org.citywall.console.web.Chart.Tick;

/** Lays out counts over time. */
final class ChartMaker {

  private static final int TOP = 8;
  private static final int BOTTOM = 20;

  /** Part of a column that its bar fills. */
  private static final double FILL = 0.92;

  private static final int MOST_TIMES = 8;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** Steps of the time axis in seconds: its marks are whole multiples, by the clock of the zone. */
  private static final List<Long> STEPS =
      List.of(
          1L,
          5L,
          10L,
          30L,
          MINUTE,
          2 * MINUTE,
          5 * MINUTE,
          10 * MINUTE,
          15 * MINUTE,
          30 * MINUTE,
          HOUR,
          2 * HOUR,
          3 * HOUR,
          6 * HOUR,
          12 * HOUR,
          DAY,
          2 * DAY,
          5 * DAY,
          10 * DAY,
          30 * DAY,
          90 * DAY,
          365 * DAY);

  private final Display display;
  private final ZoneId zone;
  private final int height;

  ChartMaker(Display display, ZoneId zone, int height) {
    this.display = display;
    this.zone = zone;
    this.height = height;
  }

  /** Bars of a histogram; {@code link} gives the address of a bucket from its start and end. */
  Chart bars(Histogram histogram, BiFunction<Instant, Instant, String> link) {
    long most = histogram.counts().stream().mapToLong(Long::longValue).max().orElse(0);
    long top = roundUp(most);
    int plot = height - TOP - BOTTOM;
    double column = 100.0 / Math.max(1, histogram.counts().size());
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < histogram.counts().size(); i++) {
      long count = histogram.counts().get(i);
      Instant from = histogram.from().plus(histogram.interval().multipliedBy(i));
      Instant to = from.plus(histogram.interval());
      double tall = count == 0 ? 0 : Math.max(1.5, plot * (double) count / top);
      String label =
          display.time(from) + " \u2013 " + display.time(to) + ": " + display.count(count);
      bars.add(
          new Bar(
              round(i * column),
              round(column * FILL),
              round(height - BOTTOM - tall),
              round(tall),
              label,
              link.apply(from, to)));
    }
    Duration length = histogram.interval().multipliedBy(histogram.counts().size());
    return new Chart(
        height, TOP, height - BOTTOM, bars, times(histogram.from(), length), counts(top, plot));
  }

  private List<Tick> times(Instant from, Duration length) {
    long span = Math.max(1, length.toSeconds());
    long step =
        STEPS.stream().filter(candidate -> span <= candidate * MOST_TIMES).findFirst().orElse(span);
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern(step, span), Locale.ROOT);
    long offset = zone.getRules().getOffset(from).getTotalSeconds();
    long start = from.getEpochSecond() + offset;
    List<Tick> ticks = new ArrayList<>();
    for (long at = Math.ceilDiv(start, step) * step; at <= start + span; at += step) {
      String label = format.format(Instant.ofEpochSecond(at - offset).atZone(zone));
      ticks.add(new Tick(round(100.0 * (at - start) / span), label));
    }
    return ticks;
  }

  private static String pattern(long step, long span) {
    if (step >= DAY) {
      return step >= 90 * DAY ? "yyyy-MM-dd" : "MM-dd";
    }
    return span >= DAY ? "MM-dd HH:mm" : step >= MINUTE ? "HH:mm" : "HH:mm:ss";
  }

  private List<Tick> counts(long top, int plot) {
    return List.of(
        new Tick(TOP + plot, "0"),
        new Tick(TOP + plot / 2.0, top % 2 == 0 ? display.count(top / 2) : ""),
        new Tick(TOP, display.count(top)));
  }

  /** The next of 2, 4, 10, 20, 40, 100, ... so that half of it is whole. */
  private static long roundUp(long most) {
    long unit = 2;
    while (unit < most) {
      if (2 * unit >= most) {
        return 2 * unit;
      }
      if (5 * unit >= most) {
        return 5 * unit;
      }
      unit *= 10;
    }
    return unit;
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
