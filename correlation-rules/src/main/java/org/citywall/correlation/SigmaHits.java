// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;
import org.citywall.correlation.sigma.SigmaEngine.Count;
import org.citywall.correlation.sigma.SigmaEngine.FieldMatch;
import org.citywall.correlation.sigma.SigmaEngine.Hit;
import org.citywall.correlation.sigma.SigmaRule;

/** Makes signals of hits at or above the floor and counts the others. */
final class SigmaHits {

  private static final String TECHNIQUE = "attack\\.t\\d+(\\.\\d+)?";
  private static final int TAG = "attack.".length();

  /** Counts that outlive an exchange of rules. */
  static final class Counts {
    private long hits;
    private long belowFloor;
    private long duplicates;
    private long seenForgotten;

    void duplicate() {
      duplicates++;
    }

    void forgotSeen() {
      seenForgotten++;
    }

    /** Matched events whose repetition would not be known any more. */
    long seenForgotten() {
      return seenForgotten;
    }

    long hits() {
      return hits;
    }

    long belowFloor() {
      return belowFloor;
    }

    long duplicates() {
      return duplicates;
    }
  }

  private final SigmaSet set;
  private final Counts counts;

  SigmaHits(SigmaSet set, Counts counts) {
    this.set = set;
    this.counts = counts;
  }

  /** A hit of a rule about single events. */
  void ofEvent(Hit hit, List<FieldMatch> why, Observation o, Consumer<Signal> signals) {
    if (isBelowFloor(hit)) {
      return;
    }
    String fields =
        why.stream()
            .map(match -> match.field() + '=' + match.value())
            .collect(Collectors.joining("; "));
    signals.accept(signal(hit, hit.who(), Evidence.of(o), false, fields, "", "", Duration.ZERO));
  }

  /** A hit of a correlation; {@code leaf} is the tick that released it. */
  void ofGroup(Hit hit, long leaf, Consumer<Signal> signals) {
    Count count = hit.count();
    if (count == null || isBelowFloor(hit)) {
      return;
    }
    Evidence evidence =
        new Evidence(Micros.toInstant(count.since()), leaf, count.events(), count.lost());
    signals.accept(
        signal(
            hit,
            SigmaEntity.of(count.group(), hit.rule()),
            evidence,
            true,
            fields(count.group()),
            count.text(),
            count.condition(),
            count.timespan()));
  }

  /** A rule that did not fire on the event made for it; {@code leaf} is the tick of the try. */
  static Signal dead(SigmaRule rule, long clock, long leaf) {
    return new Signal.DeadRule(
        rule.id(),
        "rule:" + rule.id(),
        Micros.toInstant(clock),
        new Evidence(Micros.toInstant(clock), leaf, List.of(leaf), 0),
        rule.id(),
        rule.title(),
        rule.place().toString());
  }

  private boolean isBelowFloor(Hit hit) {
    boolean below = SigmaSet.Level.of(hit.level()).compareTo(set.floor()) < 0;
    if (below) {
      counts.belowFloor++;
    } else {
      counts.hits++;
    }
    return below;
  }

  private static Signal signal(
      Hit hit,
      String entity,
      Evidence evidence,
      boolean correlated,
      String fields,
      String number,
      String condition,
      Duration window) {
    return new Signal.RuleHit(
        hit.rule() + ' ' + entity,
        entity,
        Micros.toInstant(hit.micros()),
        evidence,
        hit.rule(),
        hit.title(),
        SigmaSet.Level.of(hit.level()).variant(),
        techniques(hit.tags()),
        correlated,
        fields,
        number,
        condition,
        window,
        0,
        false);
  }

  private static String fields(Map<String, String> group) {
    return group.entrySet().stream()
        .map(field -> field.getKey() + '=' + field.getValue())
        .collect(Collectors.joining("; "));
  }

  private static String techniques(List<String> tags) {
    return tags.stream()
        .map(tag -> tag.toLowerCase(Locale.ROOT))
        .filter(tag -> tag.matches(TECHNIQUE))
        .map(tag -> tag.substring(TAG).toUpperCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
