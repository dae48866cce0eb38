// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.correlation.Alert;
import org.jspecify.annotations.Nullable;

/** An alert of a run, with which staged events it has and since when. */
final class RaisedAlert {

  private final String rule;
  private final int scenario;
  private final Instant raised;
  private final Map<String, Instant> firstShared = new HashMap<>();
  private final Map<String, Integer> shared = new HashMap<>();
  private final Set<Long> seen = new HashSet<>();
  private Alert alert;
  private long entries;

  /**
   * @param rule id of the built-in or Sigma rule
   * @param scenario that the rule is about, 0 for none
   * @param raised when the entry arrived that raised it
   */
  RaisedAlert(String rule, int scenario, Instant raised, Alert alert) {
    this.rule = rule;
    this.scenario = scenario;
    this.raised = raised;
    this.alert = alert;
  }

  void update(Alert next) {
    alert = next;
  }

  /** Takes note of an entry, and of the instance that it is part of. */
  void entry(long leaf, @Nullable List<String> instances, Instant now) {
    if (!seen.add(leaf)) {
      return;
    }
    entries++;
    if (instances != null) {
      for (String instance : instances) {
        shared.merge(instance, 1, Integer::sum);
        firstShared.putIfAbsent(instance, now);
      }
    }
  }

  String rule() {
    return rule;
  }

  int scenario() {
    return scenario;
  }

  Instant raised() {
    return raised;
  }

  String entity() {
    return alert.entity();
  }

  Alert alert() {
    return alert;
  }

  long entries() {
    return entries;
  }

  Set<String> instances() {
    return shared.keySet();
  }

  int shared(String instance) {
    return shared.getOrDefault(instance, 0);
  }

  /** When it first had an entry of this instance. */
  Instant since(String instance) {
    return firstShared.getOrDefault(instance, raised);
  }
}
