// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Calculates each timespan anew from all events of it: the yardstick for correlations. */
final class NaiveCorrelation {

  /** An event: when, which of the rules it matched (by position), its group and its value. */
  record Input(long number, long micros, int rule, String group, String value) {}

  private NaiveCorrelation() {}

  /** Numbers of the events, in order of time, at which the correlation holds. */
  static TreeSet<Long> hits(SigmaCorrelation correlation, List<Input> events) {
    long span = correlation.timespan().toNanos() / 1000;
    TreeSet<Long> hits = new TreeSet<>();
    for (int last = 0; last < events.size(); last++) {
      Input end = events.get(last);
      List<Input> window = new ArrayList<>();
      for (Input event : events.subList(0, last + 1)) {
        if (event.group().equals(end.group()) && event.micros() > end.micros() - span) {
          window.add(event);
        }
      }
      if (correlation.isReached(number(correlation, window))) {
        hits.add(end.number());
      }
    }
    return hits;
  }

  private static double number(SigmaCorrelation correlation, List<Input> window) {
    double[] numbers = window.stream().mapToDouble(i -> Numbers.parse(i.value())).toArray();
    return switch (correlation.type()) {
      case EVENT_COUNT -> window.size();
      case VALUE_COUNT -> window.stream().map(Input::value).distinct().count();
      case TEMPORAL -> window.stream().map(Input::rule).distinct().count();
      case TEMPORAL_ORDERED -> longestRun(window);
      case VALUE_SUM -> Arrays.stream(numbers).sum();
      case VALUE_AVG -> Arrays.stream(numbers).average().orElseThrow();
      case VALUE_PERCENTILE -> percentile(correlation, window, numbers);
    };
  }

  /** Steps from the first on that end with the last event, or 0. */
  private static double longestRun(List<Input> window) {
    int wanted = window.getLast().rule();
    int step = 0;
    for (Input event : window.subList(0, window.size() - 1)) {
      if (step < wanted && event.rule() == step) {
        step++;
      }
    }
    return step == wanted ? wanted + 1 : 0;
  }

  private static double percentile(
      SigmaCorrelation correlation, List<Input> window, double[] numbers) {
    if (correlation.percentile() < 0) {
      String value = window.getLast().value();
      long same = window.stream().filter(i -> Objects.equals(i.value(), value)).count();
      return 100.0 * same / window.size();
    }
    Arrays.sort(numbers);
    int rank = (int) Math.ceil(correlation.percentile() / 100 * numbers.length);
    return numbers[Math.max(1, rank) - 1];
  }
}
