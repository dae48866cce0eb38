// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;

/** An alert that can still grow. */
final class OpenAlert extends KeyedState.Cell {

  /**
   * However long an attack lasts, a day after its first entry it becomes a new alert: what was
   * closed as dealt with comes back once a day while it goes on.
   */
  private static final long MAX_AGE = Duration.ofDays(1).toNanos() / 1000;

  private static final int MAX_FRESH = 4096;

  private final RuleMetadata rule;
  private final AlertId id;
  private final String groupKey;
  private final String entity;
  private final long firstLeaf;
  private final long startMicros;
  private final LeafList leaves;
  private final LeafList fresh;
  private final SortedMap<String, String> figures = new TreeMap<>();
  private final SortedMap<String, Long> sums = new TreeMap<>();
  private String variant;
  private Severity severity;
  private long firstMicros;
  private long lastMicros;

  OpenAlert(RuleMetadata rule, Finding first, long micros) {
    Signal signal = first.signal();
    Evidence evidence = signal.evidence();
    this.rule = rule;
    this.groupKey = Bounded.of(signal.groupKey());
    this.entity = Bounded.of(signal.entity());
    this.firstLeaf = evidence.leaves().stream().mapToLong(l -> l).min().orElse(evidence.trigger());
    this.id = AlertId.of(rule.id(), rule.version(), groupKey, firstLeaf);
    this.startMicros = Math.min(micros, Micros.of(evidence.since()));
    this.leaves = new LeafList(Alert.MAX_LEAVES);
    this.fresh = new LeafList(MAX_FRESH);
    this.variant = first.variant();
    this.severity = rule.severity(variant);
    this.firstMicros = micros;
    this.lastMicros = micros;
    take(first, micros);
  }

  private OpenAlert(RuleMetadata rule, Piece kept) {
    this.rule = rule;
    this.groupKey = kept.groupKey();
    this.entity = kept.entity();
    this.firstLeaf = kept.firstLeaf();
    this.id = AlertId.of(rule.id(), rule.version(), groupKey, firstLeaf);
    this.startMicros = kept.startMicros();
    this.leaves = LeafList.of(Alert.MAX_LEAVES, kept.leaves());
    this.fresh = LeafList.of(MAX_FRESH, kept.fresh());
    this.figures.putAll(kept.figures());
    this.sums.putAll(kept.sums());
    this.variant = kept.variant();
    this.severity = rule.severity(variant);
    this.firstMicros = kept.firstMicros();
    this.lastMicros = kept.lastMicros();
  }

  /** An open alert as it is kept. */
  record Piece(
      String rule,
      int ruleVersion,
      String groupKey,
      String entity,
      long firstLeaf,
      String variant,
      long startMicros,
      long firstMicros,
      long lastMicros,
      LeafList.Kept leaves,
      LeafList.Kept fresh,
      SortedMap<String, String> figures,
      SortedMap<String, Long> sums,
      long touched) {

    OpenAlert alert(RuleMetadata metadata) {
      return new OpenAlert(metadata, this);
    }
  }

  @Override
  Piece piece() {
    return new Piece(
        rule.id(),
        rule.version(),
        groupKey,
        entity,
        firstLeaf,
        variant,
        startMicros,
        firstMicros,
        lastMicros,
        leaves.kept(),
        fresh.kept(),
        figures,
        sums,
        touched());
  }

  /** Whether it quotes an entry that was destroyed. */
  boolean isTouched(LongPredicate destroyed) {
    return destroyed.test(firstLeaf)
        || leaves.toList().stream().anyMatch(destroyed::test)
        || fresh.toList().stream().anyMatch(destroyed::test);
  }

  AlertId id() {
    return id;
  }

  /** Whether a finding of this time still belongs here. */
  boolean takes(long micros) {
    return micros <= lastMicros + rule.quiet().toNanos() / 1000 && micros < startMicros + MAX_AGE;
  }

  /** Adds a finding; true where it made the alert graver. */
  boolean extend(Finding finding, long micros) {
    Severity before = severity;
    take(finding, micros);
    return severity.compareTo(before) > 0;
  }

  private void take(Finding finding, long micros) {
    change();
    Evidence evidence = finding.signal().evidence();
    for (long leaf : evidence.leaves()) {
      leaves.add(leaf);
      fresh.add(leaf);
    }
    leaves.addUnlisted(evidence.unlisted());
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
      finding.figures().forEach((name, value) -> figures.put(name, Bounded.of(value)));
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
        techniques());
  }

  /** Those of the rule, and those that a finding named. */
  private List<String> techniques() {
    String named = figures.getOrDefault(Finding.TECHNIQUES, "");
    return named.isEmpty()
        ? rule.techniques()
        : Stream.concat(rule.techniques().stream(), Stream.of(named.split(" ")))
            .distinct()
            .toList();
  }

  /** Leaves added since the last call. */
  List<Long> takeFresh() {
    List<Long> added = fresh.toList();
    fresh.clear();
    change();
    return added;
  }
}
