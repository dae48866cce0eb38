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
import org.citywall.console.web.Chart.Area;
import org.citywall.console.web.Chart.Bar;
import org.citywall.console.web.Chart.Tick;

/** Lays out counts over time. */
final class ChartMaker {

  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 8;
  private static final int BOTTOM = 20;
  private static final int TIME_TICKS = 6;

  private final Display display;
  private final ZoneId zone;
  private final int width;
  private final int height;

  ChartMaker(Display display, ZoneId zone, int width, int height) {
    this.display = display;
    this.zone = zone;
    this.width = width;
    this.height = height;
  }

  /** Bars of a histogram; {@code link} gives the address of a bucket from its start and end. */
  Chart bars(Histogram histogram, BiFunction<Instant, Instant, String> link) {
    Area plot = new Area(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
    long most = histogram.counts().stream().mapToLong(Long::longValue).max().orElse(0);
    long top = roundUp(most);
    double step = plot.width() / (double) Math.max(1, histogram.counts().size());
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < histogram.counts().size(); i++) {
      long count = histogram.counts().get(i);
      Instant from = histogram.from().plus(histogram.interval().multipliedBy(i));
      Instant to = from.plus(histogram.interval());
      double tall = count == 0 ? 0 : Math.max(1.5, plot.height() * (double) count / top);
      String label =
          display.time(from) + " \u2013 " + display.time(to) + ": " + display.count(count);
      bars.add(
          new Bar(
              round(plot.x() + i * step),
              round(Math.max(1, step - (step > 4 ? 1 : 0))),
              round(plot.bottom() - tall),
              round(tall),
              label,
              link.apply(from, to)));
    }
    Instant end =
        histogram.from().plus(histogram.interval().multipliedBy(histogram.counts().size()));
    return new Chart(
        width, height, plot, bars, times(histogram.from(), end, plot), counts(top, plot));
  }

  private List<Tick> times(Instant from, Instant to, Area plot) {
    Duration span = Duration.between(from, to);
    String pattern =
        span.toDays() > 14
            ? "MM-dd"
            : span.toHours() >= 20 ? "MM-dd HH:mm" : span.toMinutes() > 5 ? "HH:mm" : "HH:mm:ss";
    DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < TIME_TICKS; i++) {
      Instant at = from.plus(span.multipliedBy(i).dividedBy(TIME_TICKS - 1));
      double x = plot.x() + plot.width() * (double) i / (TIME_TICKS - 1);
      ticks.add(new Tick(round(x), format.format(at.atZone(zone))));
    }
    return ticks;
  }

  private List<Tick> counts(long top, Area plot) {
    return List.of(
        new Tick(plot.bottom(), "0"),
        new Tick(plot.y() + plot.height() / 2.0, top % 2 == 0 ? display.count(top / 2) : ""),
        new Tick(plot.y(), display.count(top)));
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
    return Math.round(value * 100) / 100.0;
  }
}
