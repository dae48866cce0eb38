// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Runs rules and correlations over a stream of events. Correlations see events in order of their
 * time: an event that a correlation needs waits until none can come before it, so the outcome does
 * not depend on the order of arrival within the lateness. One engine is for one thread.
 */
public final class SigmaEngine {

  private final SigmaRules rules;
  private final SigmaMatcher matcher;
  private final SigmaCorrelator correlator;
  private final Limits limits;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private long latest = Long.MIN_VALUE;
  private long done = Long.MIN_VALUE;
  private long late;
  private long hurried;

  /**
   * Bounds of what is remembered.
   *
   * @param lateness how much later than a younger event an event may come
   * @param maxGroups most groups of events that correlations remember
   * @param maxEntries most entries in all groups together, each some 8 to 100 bytes
   * @param maxWaiting most events that wait for late ones
   */
  public record Limits(Duration lateness, int maxGroups, long maxEntries, int maxWaiting) {

    /** One minute, 100,000 groups with 2,000,000 entries, 50,000 events. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofMinutes(1), 100_000, 2_000_000, 50_000);
  }

  /**
   * A rule or correlation that an event matched or completed.
   *
   * @param event the number that the caller gave the event
   */
  public record Hit(String rule, String title, String level, List<String> tags, long event) {
    public Hit {
      tags = List.copyOf(tags);
    }
  }

  /**
   * What the engine has done so far.
   *
   * @param groups groups that correlations remember now
   * @param evictions groups forgotten because there were too many
   * @param forgotten events forgotten because one group had too many
   * @param late events that came too late for correlations
   * @param hurried events that waited for a shorter time than the lateness, as too many waited
   */
  public record Statistics(
      SigmaMatcher.Statistics matching,
      int groups,
      long evictions,
      long forgotten,
      long late,
      long hurried) {}

  private record Waiting(long micros, long event, SigmaEvent fields, List<String> matched)
      implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int order = Long.compare(micros, other.micros);
      return order != 0 ? order : Long.compare(event, other.event);
    }
  }

  public SigmaEngine(SigmaRules rules, Limits limits) {
    this.rules = rules;
    this.matcher = SigmaMatcher.of(rules.rules());
    this.correlator =
        new SigmaCorrelator(rules.correlations(), limits.maxGroups(), limits.maxEntries());
    this.limits = limits;
  }

  /**
   * Takes the next event and tells its hits, and those of correlations that older events complete.
   *
   * @param event a number that hits name it by
   * @param micros when it happened, in microseconds since the epoch
   */
  public List<Hit> accept(long event, long micros, SigmaEvent fields) {
    List<Hit> hits = new ArrayList<>(2);
    List<String> matched = new ArrayList<>(0);
    for (SigmaRule rule : matcher.match(fields)) {
      if (rules.standsAlone(rule)) {
        hits.add(new Hit(rule.id(), rule.title(), rule.level(), rule.tags(), event));
      }
      note(rule.id(), matched);
      if (!rule.name().equals(rule.id())) {
        note(rule.name(), matched);
      }
    }
    latest = Math.max(latest, micros);
    if (!matched.isEmpty()) {
      if (micros < done) {
        late++;
      } else {
        waiting.add(new Waiting(micros, event, fields, matched));
      }
    }
    release(latest - limits.lateness().toNanos() / 1000, hits);
    return hits;
  }

  private void note(String rule, List<String> matched) {
    if (correlator.needs(rule)) {
      matched.add(rule);
    }
  }

  /** Tells what waits for late events, as none will come. */
  public List<Hit> finish() {
    List<Hit> hits = new ArrayList<>();
    release(Long.MAX_VALUE, hits);
    return hits;
  }

  private void release(long until, List<Hit> hits) {
    Waiting next = waiting.peek();
    while (next != null && (next.micros() <= until || waiting.size() > limits.maxWaiting())) {
      hurried += next.micros() <= until ? 0 : 1;
      waiting.remove();
      done = next.micros();
      for (SigmaCorrelation held :
          correlator.accept(next.fields(), next.micros(), next.matched())) {
        if (rules.standsAlone(held)) {
          hits.add(new Hit(held.id(), held.title(), held.level(), held.tags(), next.event()));
        }
      }
      next = waiting.peek();
    }
  }

  public Statistics statistics() {
    return new Statistics(
        matcher.statistics(),
        correlator.size(),
        correlator.evictions(),
        correlator.forgottenEntries(),
        late,
        hurried);
  }
}
