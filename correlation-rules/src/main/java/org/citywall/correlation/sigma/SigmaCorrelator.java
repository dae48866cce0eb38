// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates correlations over events in order of their time. Keeps at most so many groups, and so
 * many entries in all of them; beyond either the group is forgotten that no event has come to for
 * longest, and counted.
 */
final class SigmaCorrelator {

  /** A group and when it no longer matters. */
  private static final class Group {
    private final GroupState state;
    private long until;

    Group(GroupState state) {
      this.state = state;
    }
  }

  /** A rule that a correlation builds on, by its position there. */
  private record Input(CorrelationInput correlation, int rule) {}

  private final int maxGroups;
  private final long maxEntries;
  private final List<CorrelationInput> correlations = new ArrayList<>();
  private final Map<String, List<Input>> inputs = new HashMap<>();

  /** The one that was used longest ago first. */
  private final LinkedHashMap<String, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

  private long entries;
  private long evictions;
  private long forgotten;

  /**
   * @param correlations each after those it builds on
   */
  SigmaCorrelator(List<SigmaCorrelation> correlations, int maxGroups, long maxEntries) {
    this.maxGroups = maxGroups;
    this.maxEntries = maxEntries;
    for (SigmaCorrelation correlation : correlations) {
      CorrelationInput input = new CorrelationInput(correlation, this.correlations.size());
      this.correlations.add(input);
      List<String> rules = correlation.rules();
      // The last step of a sequence first: one event must not be two steps of it.
      for (int rule = rules.size() - 1; rule >= 0; rule--) {
        inputs.computeIfAbsent(rules.get(rule), r -> new ArrayList<>()).add(new Input(input, rule));
      }
    }
  }

  /** Whether a rule of this id or name matters to any correlation. */
  boolean needs(String rule) {
    return inputs.containsKey(rule);
  }

  /**
   * Takes an event that matched these rules, by all their ids and names, and tells the correlations
   * that hold for the timespan ending with it.
   */
  List<SigmaCorrelation> accept(SigmaEvent event, long micros, List<String> rules) {
    List<String> matched = new ArrayList<>(rules);
    List<SigmaCorrelation> held = new ArrayList<>(0);
    for (CorrelationInput correlation : correlations) {
      if (holds(correlation, event, micros, matched)) {
        held.add(correlation.correlation());
        matched.add(correlation.correlation().id());
        if (!correlation.correlation().name().isEmpty()) {
          matched.add(correlation.correlation().name());
        }
      }
    }
    return held;
  }

  private boolean holds(
      CorrelationInput correlation, SigmaEvent event, long micros, List<String> matched) {
    boolean held = false;
    boolean counted = false;
    for (int rule = correlation.correlation().rules().size() - 1; rule >= 0; rule--) {
      boolean counts =
          matched.contains(correlation.correlation().rules().get(rule))
              && correlation.hasValue(event, rule);
      // An event counts once, however many of the rules it matches, except towards sequences.
      if (counts && (!counted || correlation.correlation().type().isTemporal())) {
        counted = true;
        double number = add(correlation, event, micros, rule);
        held |= !Double.isNaN(number) && correlation.correlation().isReached(number);
      }
    }
    return held;
  }

  private double add(CorrelationInput correlation, SigmaEvent event, long micros, int rule) {
    GroupState group = group(correlation, event, micros, rule);
    int before = group.size();
    double number = group.add(micros, rule, correlation.value(event, rule));
    entries += group.size() - before;
    while (entries > maxEntries && groups.size() > 1) {
      forget();
      evictions++;
    }
    return number;
  }

  private GroupState group(CorrelationInput correlation, SigmaEvent event, long micros, int rule) {
    String key = correlation.key(event, rule);
    Group group = groups.get(key);
    if (group == null) {
      makeRoom(micros);
      group = new Group(GroupState.of(correlation.correlation()));
      groups.put(key, group);
      entries += group.state.size();
    }
    group.until = micros + correlation.correlation().timespan().toNanos() / 1000;
    return group.state;
  }

  private void makeRoom(long micros) {
    for (int i = 0; i < 2; i++) {
      Map.Entry<String, Group> oldest = groups.firstEntry();
      if (oldest != null && oldest.getValue().until <= micros) {
        forget();
      }
    }
    if (groups.size() >= maxGroups) {
      forget();
      evictions++;
    }
  }

  private void forget() {
    Map.Entry<String, Group> oldest = groups.pollFirstEntry();
    if (oldest != null) {
      forgotten += oldest.getValue().state.forgotten();
      entries -= oldest.getValue().state.size();
    }
  }

  int size() {
    return groups.size();
  }

  /** Groups forgotten because the bound was reached. */
  long evictions() {
    return evictions;
  }

  /** Entries of groups forgotten because a group was too large. */
  long forgottenEntries() {
    return forgotten + groups.values().stream().mapToLong(g -> g.state.forgotten()).sum();
  }
}
