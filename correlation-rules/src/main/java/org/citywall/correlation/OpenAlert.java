// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;

/** An alert that can still grow. */
final class OpenAlert extends KeyedState.Cell {

  private static final int MAX_FRESH = 4096;

  private final RuleMetadata rule;
  private final AlertId id;
  private final String groupKey;
  private final String entity;
  private final long firstLeaf;
  private final long day;
  private final LeafList leaves = new LeafList(Alert.MAX_LEAVES);
  private final LeafList fresh = new LeafList(MAX_FRESH);
  private final SortedMap<String, String> figures = new TreeMap<>();
  private final SortedMap<String, Long> sums = new TreeMap<>();
  private long basis;
  private String variant;
  private Severity severity;
  private long firstMicros;
  private long lastMicros;

  OpenAlert(RuleMetadata rule, Finding first, long micros) {
    Signal signal = first.signal();
    Evidence evidence = signal.evidence();
    this.rule = rule;
    this.groupKey = signal.groupKey();
    this.entity = signal.entity();
    this.firstLeaf = evidence.leaves().stream().mapToLong(l -> l).min().orElse(evidence.trigger());
    this.basis = Math.min(evidence.basis(), firstLeaf);
    this.id = AlertId.of(rule.id(), rule.version(), groupKey, firstLeaf);
    this.day = DutyDay.of(micros);
    this.variant = first.variant();
    this.severity = rule.severity(variant);
    this.firstMicros = micros;
    this.lastMicros = micros;
    take(first, micros);
  }

  /** Whether a finding of this time still belongs here. */
  boolean takes(long micros) {
    return micros <= lastMicros + rule.quiet().toNanos() / 1000 && DutyDay.of(micros) <= day;
  }

  /** Adds a finding; true where it made the alert graver. */
  boolean extend(Finding finding, long micros) {
    Severity before = severity;
    take(finding, micros);
    return severity.compareTo(before) > 0;
  }

  private void take(Finding finding, long micros) {
    Evidence evidence = finding.signal().evidence();
    for (long leaf : evidence.leaves()) {
      leaves.add(leaf);
      fresh.add(leaf);
    }
    leaves.addUnlisted(evidence.unlisted());
    basis = Math.min(basis, evidence.basis());
    firstMicros = Math.min(firstMicros, Micros.of(evidence.since()));
    lastMicros = Math.max(lastMicros, micros);
    finding.sums().forEach((name, amount) -> sums.merge(name, amount, Long::sum));
    Severity other = rule.severity(finding.variant());
    // Figures belong to the form of the rule that they explain: the gravest one is kept.
    if (other.compareTo(severity) >= 0) {
      if (!finding.variant().equals(variant)) {
        figures.clear();
      }
      severity = other;
      variant = finding.variant();
      figures.putAll(finding.figures());
    }
  }

  long total() {
    return leaves.total();
  }

  int freshSize() {
    return fresh.size();
  }

  /** The alert as it is now. */
  Alert snapshot() {
    SortedMap<String, String> parameters = new TreeMap<>(figures);
    sums.forEach((name, amount) -> parameters.put(name, Long.toString(amount)));
    return new Alert(
        id,
        rule.id(),
        rule.version(),
        variant,
        severity,
        groupKey,
        entity,
        Micros.toInstant(firstMicros),
        Micros.toInstant(lastMicros),
        firstLeaf,
        leaves.toList(),
        leaves.total(),
        parameters,
        rule.techniques());
  }

  /** Leaves added since the last call. */
  List<Long> takeFresh() {
    List<Long> added = fresh.toList();
    fresh.clear();
    return added;
  }

  @Override
  long basis() {
    return basis;
  }
}
