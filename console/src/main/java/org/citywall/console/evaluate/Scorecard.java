// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.time.Duration;
import java.util.List;

/**
 * What came of a run.
 *
 * @param events events that were read
 * @param time how long it took
 * @param days days after the learning ones
 * @param officers who share the alerts
 * @param alerts alerts after the learning days, of whatever rule
 * @param learning alerts of the learning days, which count nowhere else
 * @param otherRules alerts after the learning days of rules that are about no scenario
 * @param ruleFailures signals whose evaluation failed
 * @param scenarios one for each scenario that was staged, by number
 * @param falseAlerts by rule, most first
 * @param load alerts of each rule, most first
 */
public record Scorecard(
    long events,
    Duration time,
    double days,
    int officers,
    int alerts,
    int learning,
    int otherRules,
    long ruleFailures,
    List<ScenarioScore> scenarios,
    List<FalseAlerts> falseAlerts,
    List<RuleLoad> load) {

  public Scorecard {
    scenarios = List.copyOf(scenarios);
    falseAlerts = List.copyOf(falseAlerts);
    load = List.copyOf(load);
  }

  /** Of all attacks of all scenarios. */
  public double recall() {
    int attacks = scenarios.stream().mapToInt(ScenarioScore::attacks).sum();
    int found = scenarios.stream().mapToInt(ScenarioScore::found).sum();
    return attacks == 0 ? 1 : (double) found / attacks;
  }

  /** Of all alerts of rules that are about a scenario. */
  public double precision() {
    int all = scenarios.stream().mapToInt(ScenarioScore::alerts).sum();
    int right = scenarios.stream().mapToInt(ScenarioScore::right).sum();
    return all == 0 ? 1 : (double) right / all;
  }

  public double alertsPerOfficerAndDay() {
    return days <= 0 ? alerts : alerts / (days * officers);
  }

  public double eventsPerSecond() {
    return events / Math.max(0.001, time.toNanos() / 1e9);
  }
}
