// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.correlation.sigma.SigmaCorrelation.Type;

/**
 * What one correlation remembers of one group of events. Events come in order of their time; each
 * counts until {@code timespan} has passed, and no longer at exactly that time.
 */
sealed interface GroupState {

  /** Most events or values of one group that are kept; beyond it the oldest are forgotten. */
  int MAX_ENTRIES = 10_000;

  /**
   * Takes an event and tells the number that the rule compares, for the timespan that ends with it.
   *
   * @param micros time of the event
   * @param rule which of the correlation's rules it matched, by position
   * @param value its value, for those types that need one
   */
  double add(long micros, int rule, String value);

  /** How many entries are kept now. */
  int size();

  /** How many entries were forgotten although their time had not come. */
  default long forgotten() {
    return 0;
  }

  static GroupState of(SigmaCorrelation correlation) {
    long span = correlation.timespan().toNanos() / 1000;
    int enough = enough(correlation);
    return switch (correlation.type()) {
      case EVENT_COUNT -> new Events(span, enough);
      case VALUE_COUNT -> new Values(span, enough);
      case TEMPORAL -> new Together(span, correlation.rules().size());
      case TEMPORAL_ORDERED -> new InOrder(span, correlation.rules().size());
      case VALUE_SUM, VALUE_AVG -> new Sum(span, correlation.type() == Type.VALUE_AVG);
      case VALUE_PERCENTILE ->
          correlation.percentile() < 0
              ? new Share(span)
              : new Percentile(span, correlation.percentile());
    };
  }

  /** A count above this compares as this does with every limit. */
  private static int enough(SigmaCorrelation correlation) {
    double highest = 0;
    for (SigmaCorrelation.Limit limit : correlation.limits()) {
      highest = Math.max(highest, limit.number());
    }
    return (int) Math.min(highest + 1, 10_000_000);
  }

  /** Counts events. */
  final class Events implements GroupState {

    private final long span;
    private final int enough;
    private long[] times = new long[2];
    private int first;
    private int count;

    Events(long span, int enough) {
      this.span = span;
      this.enough = Math.max(1, enough);
    }

    @Override
    public int size() {
      return times.length;
    }

    @Override
    public double add(long micros, int rule, String value) {
      while (count > 0 && times[first] <= micros - span) {
        drop();
      }
      if (count == enough) {
        drop();
      }
      if (count == times.length) {
        long[] longer = new long[2 * count];
        for (int i = 0; i < count; i++) {
          longer[i] = times[(first + i) % count];
        }
        times = longer;
        first = 0;
      }
      times[(first + count++) % times.length] = micros;
      return count;
    }

    private void drop() {
      first = (first + 1) % times.length;
      count--;
    }
  }

  /** Counts distinct values. */
  final class Values implements GroupState {

    private final long span;
    private final int enough;

    /** When each value was seen last, the longest ago first. */
    private final LinkedHashMap<String, Long> last = new LinkedHashMap<>(4);

    Values(long span, int enough) {
      this.span = span;
      this.enough = Math.max(1, enough);
    }

    @Override
    public int size() {
      return last.size();
    }

    @Override
    public double add(long micros, int rule, String value) {
      last.putLast(value, micros);
      Map.Entry<String, Long> oldest = last.firstEntry();
      while (oldest != null && oldest.getValue() <= micros - span) {
        last.pollFirstEntry();
        oldest = last.firstEntry();
      }
      if (last.size() > enough) {
        last.pollFirstEntry();
      }
      return last.size();
    }
  }

  /** Counts which rules were matched. */
  final class Together implements GroupState {

    private final long span;
    private final long[] last;

    Together(long span, int rules) {
      this.span = span;
      this.last = new long[rules];
      Arrays.fill(last, Long.MIN_VALUE);
    }

    @Override
    public int size() {
      return last.length;
    }

    @Override
    public double add(long micros, int rule, String value) {
      last[rule] = micros;
      int seen = 0;
      for (long time : last) {
        if (time > micros - span) {
          seen++;
        }
      }
      return seen;
    }
  }

  /** Counts how many rules, from the first on, were matched one after the other. */
  final class InOrder implements GroupState {

    private final long span;

    /** When the latest run began that has come to this rule. */
    private final long[] begun;

    InOrder(long span, int rules) {
      this.span = span;
      this.begun = new long[rules];
      Arrays.fill(begun, Long.MIN_VALUE);
    }

    @Override
    public int size() {
      return begun.length;
    }

    @Override
    public double add(long micros, int rule, String value) {
      long begin = rule == 0 ? micros : begun[rule - 1];
      if (begin <= micros - span) {
        return 0;
      }
      begun[rule] = begin;
      return rule + 1;
    }
  }

  /** A value that counts until its time has passed. */
  record Timed(long micros, double value) {}

  /** Adds numbers up. */
  final class Sum implements GroupState {

    private final long span;
    private final boolean average;
    private final ArrayDeque<Timed> entries = new ArrayDeque<>(4);

    /** Exact, so that it does not depend on what was added and taken away before. */
    private BigDecimal sum = BigDecimal.ZERO;

    private long forgotten;

    Sum(long span, boolean average) {
      this.span = span;
      this.average = average;
    }

    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public double add(long micros, int rule, String value) {
      double number = Numbers.parse(value);
      if (!Double.isFinite(number)) {
        return Double.NaN;
      }
      while (!entries.isEmpty() && entries.getFirst().micros() <= micros - span) {
        drop();
      }
      if (entries.size() == MAX_ENTRIES) {
        drop();
        forgotten++;
      }
      entries.add(new Timed(micros, number));
      sum = sum.add(new BigDecimal(number));
      return average ? sum.doubleValue() / entries.size() : sum.doubleValue();
    }

    private void drop() {
      sum = sum.subtract(new BigDecimal(entries.removeFirst().value()));
    }

    @Override
    public long forgotten() {
      return forgotten;
    }
  }

  /** The value that so many percent of the values do not exceed (nearest rank). */
  final class Percentile implements GroupState {

    private final long span;
    private final double percent;
    private final ArrayDeque<Timed> entries = new ArrayDeque<>(4);
    private final TreeMap<Double, Integer> counts = new TreeMap<>();
    private long forgotten;

    Percentile(long span, double percent) {
      this.span = span;
      this.percent = percent;
    }

    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public double add(long micros, int rule, String value) {
      double number = Numbers.parse(value);
      if (Double.isNaN(number)) {
        return Double.NaN;
      }
      while (!entries.isEmpty() && entries.getFirst().micros() <= micros - span) {
        drop();
      }
      if (entries.size() == MAX_ENTRIES) {
        drop();
        forgotten++;
      }
      entries.add(new Timed(micros, number));
      counts.merge(number, 1, Integer::sum);
      long rank = Math.max(1, (long) Math.ceil(percent / 100 * entries.size()));
      long passed = 0;
      for (Map.Entry<Double, Integer> entry : counts.entrySet()) {
        passed += entry.getValue();
        if (passed >= rank) {
          return entry.getKey();
        }
      }
      return counts.lastKey();
    }

    private void drop() {
      counts.compute(entries.removeFirst().value(), (v, n) -> n == null || n == 1 ? null : n - 1);
    }

    @Override
    public long forgotten() {
      return forgotten;
    }
  }

  /** How many percent of the events have the value that this one has. */
  final class Share implements GroupState {

    private record Seen(long micros, String value) {}

    private final long span;
    private final ArrayDeque<Seen> entries = new ArrayDeque<>(4);
    private final Map<String, Integer> counts = new LinkedHashMap<>(4);
    private long forgotten;

    Share(long span) {
      this.span = span;
    }

    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public double add(long micros, int rule, String value) {
      while (!entries.isEmpty() && entries.getFirst().micros() <= micros - span) {
        drop();
      }
      if (entries.size() == MAX_ENTRIES) {
        drop();
        forgotten++;
      }
      entries.add(new Seen(micros, value));
      return 100.0 * counts.merge(value, 1, Integer::sum) / entries.size();
    }

    private void drop() {
      counts.compute(entries.removeFirst().value(), (v, n) -> n == null || n == 1 ? null : n - 1);
    }

    @Override
    public long forgotten() {
      return forgotten;
    }
  }
}
