// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Micros;

/**
 * Open alerts by rule and group key: a finding extends the alert of its attack or raises one.
 *
 * <p>An alert closes after the rule's quiet time, and a day after its first entry. Small alerts are
 * updated with each finding; a large one with the next tick, so that thousands of entries do not
 * become thousands of updates.
 */
final class AlertBook {

  private static final String PREFIX = "alert/";
  private static final long SMALL = 64;
  private static final int MAX_PENDING = 256;

  private final RulePack pack;
  private final Map<String, KeyedState<OpenAlert>> openByRule = new HashMap<>();
  private final SortedMap<String, OpenAlert> pending = new TreeMap<>();
  private final SortedMap<String, Long> raised = new TreeMap<>();

  AlertBook(RulePack pack, EngineOptions options, Map<String, String> lasting) {
    this.pack = pack;
    for (RuleMetadata rule : pack.rules()) {
      openByRule.put(
          rule.id(), new KeyedState<>(options.maxAlerts(), options.idleMicros(rule.quiet())));
    }
    pack.rules().forEach(rule -> raised.put(rule.id(), 0L));
    LastingPieces.read(lasting, PREFIX, OpenAlert.Piece.class).stream()
        .sorted(Comparator.comparingLong(OpenAlert.Piece::touched))
        .filter(piece -> isOf(pack, piece))
        .forEach(this::restore);
  }

  // An alert of another version of its rule is closed: its figures may mean something else.
  private static boolean isOf(RulePack pack, OpenAlert.Piece piece) {
    return pack.has(piece.rule()) && pack.rule(piece.rule()).version() == piece.ruleVersion();
  }

  private void restore(OpenAlert.Piece piece) {
    OpenAlert alert = piece.alert(pack.rule(piece.rule()));
    open(pack.rule(piece.rule())).restore(piece.groupKey(), alert, piece.touched());
    if (alert.freshSize() > 0) {
      pending.put(alert.id().value(), alert);
    }
  }

  void apply(Finding finding, long clock, List<AlertUpdate> updates) {
    RuleMetadata rule = pack.rule(finding.ruleId());
    Signal signal = finding.signal();
    long micros = Micros.of(signal.at());
    String key = Bounded.of(signal.groupKey());
    KeyedState<OpenAlert> open = open(rule);
    OpenAlert alert = open.find(key, clock);
    if (alert != null && alert.takes(micros)) {
      boolean graver = alert.extend(finding, micros);
      if (graver || alert.total() <= SMALL || alert.freshSize() >= MAX_PENDING) {
        pending.remove(alert.id().value());
        updates.add(extended(alert, signal.evidence().trigger()));
      } else {
        pending.put(alert.id().value(), alert);
      }
      return;
    }
    if (alert != null) {
      flush(alert, signal.evidence().trigger(), updates);
      open.remove(key);
    }
    OpenAlert begun = open.touch(key, clock, k -> new OpenAlert(rule, finding, micros));
    raised.merge(rule.id(), 1L, Long::sum);
    updates.add(
        new AlertUpdate.Raised(begun.snapshot(), begun.takeFresh(), signal.evidence().trigger()));
  }

  /** Sends what waits and forgets what has been quiet. */
  void tick(long clock, long leaf, List<AlertUpdate> updates) {
    for (OpenAlert alert : List.copyOf(pending.values())) {
      flush(alert, leaf, updates);
    }
    openByRule.values().forEach(open -> open.expire(clock));
  }

  /** Open alerts of a rule whose group key begins so. */
  int open(String rule, String prefix) {
    int[] count = new int[1];
    KeyedState<OpenAlert> open = openByRule.get(rule);
    if (open != null) {
      open.forEach((key, alert) -> count[0] += key.startsWith(prefix) ? 1 : 0);
    }
    return count[0];
  }

  /** Whether a finding of this time would make an open alert grow. */
  boolean takes(String rule, String groupKey, long micros, long clock) {
    KeyedState<OpenAlert> open = openByRule.get(rule);
    OpenAlert alert = open == null ? null : open.find(Bounded.of(groupKey), clock);
    return alert != null && alert.takes(micros);
  }

  /**
   * Closes alerts that quote destroyed entries, so that they grow no more with what they quoted.
   */
  void forget(LongPredicate destroyed) {
    pending.values().removeIf(alert -> alert.isTouched(destroyed));
    openByRule.values().forEach(open -> open.removeIf(alert -> alert.isTouched(destroyed)));
  }

  private KeyedState<OpenAlert> open(RuleMetadata rule) {
    return Objects.requireNonNull(openByRule.get(rule.id()));
  }

  private void flush(OpenAlert alert, long trigger, List<AlertUpdate> updates) {
    if (pending.remove(alert.id().value()) != null) {
      updates.add(extended(alert, trigger));
    }
  }

  private static AlertUpdate extended(OpenAlert alert, long trigger) {
    return new AlertUpdate.Extended(alert.snapshot(), alert.takeFresh(), trigger);
  }

  /** Adds every open alert. */
  void pieces(LastingPieces pieces) {
    openByRule
        .values()
        .forEach(open -> open.forEach((key, alert) -> pieces.add(PREFIX + alert.id(), alert)));
  }

  int size() {
    return openByRule.values().stream().mapToInt(KeyedState::size).sum();
  }

  long evictions() {
    return openByRule.values().stream().mapToLong(KeyedState::evictions).sum();
  }

  SortedMap<String, Long> raised() {
    return new TreeMap<>(raised);
  }
}
