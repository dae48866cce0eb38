// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What two sets of rules found in the same entries.
 *
 * @param entries entries read, those before the time asked for included
 * @param took how long reading and evaluating took
 * @param covered time from the first of these entries to the last
 * @param inForce alerts of the rules as they are
 * @param candidate alerts of the rules as they would be
 * @param appear alerts that there would be and are not now
 * @param vanish alerts that there are now and would not be
 */
public record BacktestResult(
    Backtest.Question question,
    long entries,
    Duration took,
    Duration covered,
    List<Alert> inForce,
    List<Alert> candidate,
    List<Alert> appear,
    List<Alert> vanish) {

  /** Two alerts of one rule about one entity are the same if no more than this lies between. */
  private static final Duration APART = Duration.ofHours(1);

  public BacktestResult {
    inForce = List.copyOf(inForce);
    candidate = List.copyOf(candidate);
    appear = List.copyOf(appear);
    vanish = List.copyOf(vanish);
  }

  static BacktestResult of(
      Backtest.Question question,
      long entries,
      Duration took,
      Duration covered,
      List<Alert> before,
      List<Alert> after) {
    List<Alert> inForce = within(question, before);
    List<Alert> candidate = within(question, after);
    return new BacktestResult(
        question,
        entries,
        took,
        covered,
        inForce,
        candidate,
        without(candidate, inForce),
        without(inForce, candidate));
  }

  private static List<Alert> within(Backtest.Question question, List<Alert> alerts) {
    return alerts.stream()
        .filter(alert -> alert.firstSeen().isBefore(question.to()))
        .filter(alert -> !alert.lastSeen().isBefore(question.from()))
        .toList();
  }

  /** Those of the first that have no counterpart among the others. */
  private static List<Alert> without(List<Alert> alerts, List<Alert> others) {
    List<Alert> left = new ArrayList<>(others);
    List<Alert> alone = new ArrayList<>();
    for (Alert alert : alerts) {
      boolean known =
          left.stream()
              .filter(other -> same(alert, other))
              .findFirst()
              .map(left::remove)
              .orElse(false);
      if (!known) {
        alone.add(alert);
      }
    }
    return alone;
  }

  private static boolean same(Alert alert, Alert other) {
    return alert.ruleId().equals(other.ruleId())
        && alert.groupKey().equals(other.groupKey())
        && !alert.firstSeen().isAfter(other.lastSeen().plus(APART))
        && !other.firstSeen().isAfter(alert.lastSeen().plus(APART));
  }

  /** Entries read and evaluated in a second. */
  public long entriesPerSecond() {
    return took.isZero() ? 0 : (long) (entries / (took.toNanos() / 1e9));
  }

  /** How many times faster than the time that the entries cover. */
  public double timesRealTime() {
    return took.isZero() ? 0 : (double) covered.toNanos() / took.toNanos();
  }
}
