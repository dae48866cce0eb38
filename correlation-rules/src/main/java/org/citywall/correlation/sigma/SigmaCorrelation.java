// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rule about several events, each of which some other rule is about.
 *
 * @param id as {@link SigmaRule#id()}
 * @param rules ids or names of the rules it builds on
 * @param groupBy fields or aliases that must be equal among the events
 * @param limits what the number that {@code type} counts must be; all hold
 * @param fields fields whose values are counted or calculated with
 * @param percentile 0..100, or negative where the rule gives none
 * @param aliases by alias, then by rule: the field that is meant
 * @param generate whether the rules it builds on are alerts of their own, too
 */
public record SigmaCorrelation(
    String id,
    String name,
    String title,
    String level,
    List<String> tags,
    Type type,
    List<String> rules,
    List<String> groupBy,
    Duration timespan,
    List<Limit> limits,
    List<String> fields,
    double percentile,
    Map<String, Map<String, String>> aliases,
    boolean generate,
    Place place) {

  public SigmaCorrelation {
    tags = List.copyOf(tags);
    rules = List.copyOf(rules);
    groupBy = List.copyOf(groupBy);
    limits = List.copyOf(limits);
    fields = List.copyOf(fields);
    aliases = Map.copyOf(aliases);
  }

  /** What is counted. */
  public enum Type {
    EVENT_COUNT,
    VALUE_COUNT,
    TEMPORAL,
    TEMPORAL_ORDERED,
    VALUE_SUM,
    VALUE_AVG,
    VALUE_PERCENTILE;

    boolean needsField() {
      return switch (this) {
        case VALUE_COUNT, VALUE_SUM, VALUE_AVG, VALUE_PERCENTILE -> true;
        case EVENT_COUNT, TEMPORAL, TEMPORAL_ORDERED -> false;
      };
    }

    boolean isTemporal() {
      return this == TEMPORAL || this == TEMPORAL_ORDERED;
    }
  }

  /** A bound on the number that is counted. */
  public record Limit(Ordering ordering, double number) {

    @Override
    public String toString() {
      return ordering.sign() + ' ' + Numbers.text(number);
    }
  }

  /** What the number must be, for example {@code >= 10}. */
  public String condition() {
    return limits.stream().map(Limit::toString).collect(Collectors.joining(" and "));
  }

  boolean isCalled(String reference) {
    return reference.equals(id) || (!name.isEmpty() && reference.equals(name));
  }

  /** Whether the number is what the rule waits for. */
  boolean isReached(double number) {
    return limits.stream().allMatch(limit -> limit.ordering().holds(number, limit.number()));
  }
}
