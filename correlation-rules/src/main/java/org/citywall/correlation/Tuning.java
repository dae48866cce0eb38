// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citywall.audit.PlatformException;

/**
 * Makes proposals for thresholds of what officers said of alerts. Each is proven on history before
 * it is made: with it, every alert that an officer found right is raised again, no alert appears
 * that was not there, and at least one that was false is gone. Nothing is put in force.
 */
public final class Tuning {

  /** What a threshold is multiplied by, in percent, the smallest change first. */
  private static final int[] PERCENT = {125, 80, 150, 67, 200, 50, 300, 33, 500, 1000};

  /**
   * What an officer said of an alert.
   *
   * @param incident number of the incident, for reports
   * @param leaves entries behind it, by which it is known again
   * @param right whether it was found right, and may not be lost; else it was a false alert
   */
  public record Verdict(String rule, String incident, Set<Long> leaves, boolean right) {

    public Verdict {
      leaves = Set.copyOf(leaves);
      if (leaves.isEmpty()) {
        throw new IllegalArgumentException("an alert without entries cannot be known again");
      }
    }

    boolean isAbout(Alert alert) {
      return alert.ruleId().equals(rule) && alert.leaves().stream().anyMatch(leaves::contains);
    }
  }

  /** The past, over which rules can be run as often as wanted. */
  public interface History {
    /** All alerts of each of these packs, in their order. */
    List<List<Alert>> alerts(List<RulePack> packs) throws InterruptedException;
  }

  /**
   * A change of one threshold.
   *
   * @param falseGone incidents of false alerts that there would not have been
   * @param rightKept incidents that were found right, of all rules, each still found
   * @param unjudgedGone alerts that nobody judged and that there would not have been: to be
   *     reviewed
   */
  public record Proposal(
      String rule,
      String threshold,
      String from,
      String to,
      Set<String> falseGone,
      Set<String> rightKept,
      int unjudgedGone) {

    public Proposal {
      falseGone = new TreeSet<>(falseGone);
      rightKept = new TreeSet<>(rightKept);
    }
  }

  /**
   * What came of it.
   *
   * @param thresholds those of the site with all proposals
   * @param refused rules with false alerts for which nothing is proposed, with the reason
   */
  public record Outcome(
      Thresholds thresholds, List<Proposal> proposals, SortedMap<String, String> refused) {}

  private final RulePack builtIn;
  private final History history;
  private final List<Verdict> verdicts;

  /**
   * @param builtIn the rules without thresholds of a site
   */
  public Tuning(RulePack builtIn, History history, List<Verdict> verdicts) {
    this.builtIn = builtIn;
    this.history = history;
    this.verdicts = List.copyOf(verdicts);
  }

  /**
   * Looks for proposals on top of these thresholds; {@code COR-0140} where history does not show an
   * alert that was found right, so that nothing can be proven on it.
   */
  public Outcome propose(Thresholds site) throws InterruptedException {
    Thresholds current = site;
    List<Alert> now = history.alerts(List.of(builtIn.with(current))).getFirst();
    Set<String> right = found(now, true);
    Set<String> missing = incidents(true);
    missing.removeAll(right);
    if (!missing.isEmpty()) {
      throw new PlatformException(
          CorrelationErrorCode.TUNING_UNPROVEN, "not found again: " + String.join(" ", missing));
    }
    List<Proposal> proposals = new ArrayList<>();
    SortedMap<String, String> refused = new TreeMap<>();
    for (String rule : rulesWithFalseAlerts()) {
      Optional<Step> step = best(rule, current, now);
      if (step.isPresent()) {
        proposals.add(step.get().proposal());
        current = step.get().thresholds();
        now = step.get().alerts();
      } else {
        refused.put(rule, reason(rule, now));
      }
    }
    return new Outcome(current, List.copyOf(proposals), refused);
  }

  private record Step(Proposal proposal, Thresholds thresholds, List<Alert> alerts) {}

  private Optional<Step> best(String rule, Thresholds current, List<Alert> now)
      throws InterruptedException {
    RulePack pack = builtIn.with(current);
    if (!pack.has(rule) || found(now, false, rule).isEmpty()) {
      return Optional.empty();
    }
    List<Step> proven = new ArrayList<>();
    for (Map.Entry<String, Threshold> each :
        new TreeMap<>(pack.rule(rule).parameters()).entrySet()) {
      List<String> values = each.getValue().others(PERCENT);
      List<Thresholds> tried =
          values.stream().map(value -> current.with(rule, each.getKey(), value)).toList();
      List<List<Alert>> alerts = history.alerts(tried.stream().map(builtIn::with).toList());
      for (int i = 0; i < tried.size(); i++) {
        if (isProven(alerts.get(i), now)) {
          Proposal proposal =
              proposal(rule, each.getKey(), each.getValue(), values.get(i), alerts.get(i), now);
          proven.add(new Step(proposal, tried.get(i), alerts.get(i)));
        }
      }
    }
    // The first of equals is the smallest change.
    return proven.stream()
        .filter(step -> !step.proposal().falseGone().isEmpty())
        .max(
            Comparator.<Step>comparingInt(step -> step.proposal().falseGone().size())
                .thenComparing(step -> -step.proposal().unjudgedGone())
                .thenComparing(step -> -proven.indexOf(step)));
  }

  /** Whether nothing that was found right is lost, and nothing appears. */
  private boolean isProven(List<Alert> then, List<Alert> now) {
    return found(then, true).equals(found(now, true))
        && then.stream().allMatch(alert -> now.stream().anyMatch(other -> overlap(alert, other)));
  }

  private static boolean overlap(Alert one, Alert two) {
    if (!one.ruleId().equals(two.ruleId()) || !one.groupKey().equals(two.groupKey())) {
      return false;
    }
    Set<Long> leaves = new HashSet<>(two.leaves());
    return one.leaves().stream().anyMatch(leaves::contains);
  }

  private Proposal proposal(
      String rule, String threshold, Threshold own, String to, List<Alert> then, List<Alert> now) {
    Set<String> gone = found(now, false);
    gone.removeAll(found(then, false));
    int unjudged =
        (int)
            now.stream()
                .filter(alert -> verdicts.stream().noneMatch(verdict -> verdict.isAbout(alert)))
                .filter(alert -> then.stream().noneMatch(other -> overlap(alert, other)))
                .count();
    return new Proposal(rule, threshold, own.value(), to, gone, found(then, true), unjudged);
  }

  private Set<String> rulesWithFalseAlerts() {
    Set<String> rules = new TreeSet<>();
    verdicts.stream().filter(v -> !v.right()).forEach(v -> rules.add(v.rule()));
    return rules;
  }

  private Set<String> incidents(boolean right) {
    Set<String> all = new TreeSet<>();
    verdicts.stream().filter(v -> v.right() == right).forEach(v -> all.add(v.incident()));
    return all;
  }

  /** Incidents judged so that these alerts show again. */
  private Set<String> found(List<Alert> alerts, boolean right) {
    Set<String> found = new TreeSet<>();
    for (Verdict verdict : verdicts) {
      if (verdict.right() == right && alerts.stream().anyMatch(verdict::isAbout)) {
        found.add(verdict.incident());
      }
    }
    return found;
  }

  private Set<String> found(List<Alert> alerts, boolean right, String rule) {
    return found(alerts.stream().filter(a -> a.ruleId().equals(rule)).toList(), right);
  }

  private String reason(String rule, List<Alert> now) {
    if (!builtIn.has(rule)) {
      return "it is no built-in rule: write a filter";
    }
    return found(now, false, rule).isEmpty()
        ? "its false alerts are gone or not in this history"
        : "no change of one threshold ends a false alert and keeps every right one";
  }
}
