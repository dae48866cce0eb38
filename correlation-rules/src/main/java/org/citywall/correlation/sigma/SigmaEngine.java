// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs rules and correlations over a stream of events. Correlations see events in order of their
 * time: an event that a correlation needs waits until none can come before it, so the outcome does
 * not depend on the order of arrival within the lateness. One engine is for one thread.
 *
 * <p>Whoever has no clock calls {@link #accept}: events release each other. Whoever has one calls
 * {@link #match}, {@link #take} and {@link #release}.
 */
public final class SigmaEngine {

  private final SigmaRules rules;
  private final SigmaMatcher matcher;
  private final Explainer explainer = new Explainer();
  private final SigmaCorrelator correlator;
  private final Limits limits;
  private final Recorder recorder;
  private final Set<SigmaRule> alone = Collections.newSetFromMap(new IdentityHashMap<>());
  private final PriorityQueue<CorrelationEvent> waiting = new PriorityQueue<>();
  private long latest = Long.MIN_VALUE;
  private long done = Long.MIN_VALUE;
  private long late;
  private long hurried;

  /**
   * Bounds of what is remembered.
   *
   * @param lateness how much later than a younger event an event may come
   * @param slack for how long beyond its timespan an idle group is kept
   * @param maxGroups most groups of events that correlations remember
   * @param maxEntries most entries in all groups together, each some 8 to 100 bytes
   * @param maxWaiting most events that wait for late ones
   */
  public record Limits(
      Duration lateness, Duration slack, int maxGroups, long maxEntries, int maxWaiting) {

    /** One minute, 100,000 groups with 2,000,000 entries, 50,000 events. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofMinutes(1), 100_000, 2_000_000, 50_000);

    /** Idle groups are kept for their timespan and no longer. */
    public Limits(Duration lateness, int maxGroups, long maxEntries, int maxWaiting) {
      this(lateness, Duration.ZERO, maxGroups, maxEntries, maxWaiting);
    }
  }

  /** Is told of all that correlations count, in order; see {@link #restore}. */
  public interface Recorder {
    void counted(Counted counted);
  }

  /**
   * An event that a correlation counted. Holds digests only: nothing of the event can be read from
   * it but its time.
   *
   * @param correlation digest of the correlation and all it builds on
   * @param rule position of the matched rule there
   * @param key digest of the group, empty where there is one group only
   * @param value number or digest that is counted, else empty
   * @param event the caller's number of the event
   * @param until clock in microseconds at which it no longer matters
   * @param told whether the correlation held with it
   */
  public record Counted(
      String correlation,
      int rule,
      String key,
      String value,
      long micros,
      long event,
      long until,
      boolean told) {}

  /**
   * A rule or correlation that an event matched or completed.
   *
   * @param event the number that the caller gave the event
   * @param micros when it happened
   * @param who whom or what the event is about, as the caller said
   * @param count what a correlation counted; null for a rule about single events
   */
  public record Hit(
      String rule,
      String title,
      String level,
      List<String> tags,
      long event,
      long micros,
      String who,
      @Nullable Count count) {
    public Hit {
      tags = List.copyOf(tags);
    }
  }

  /**
   * What made a correlation hold.
   *
   * @param number what was counted, up to the highest number that the rule compares with
   * @param condition what the rule asks for, for example {@code >= 10}
   * @param group values by name of what it groups by
   * @param events numbers of the events behind it that no earlier hit of the group named
   * @param lost about how many more such events there were
   * @param since time of the first of them
   */
  public record Count(
      SigmaCorrelation.Type type,
      double number,
      String condition,
      Duration timespan,
      Map<String, String> group,
      List<Long> events,
      long lost,
      long since) {
    public Count {
      group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
      events = List.copyOf(events);
    }

    /** The number as people write it. */
    public String text() {
      return Numbers.text(number);
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

  /** An engine that nobody is told of. */
  public SigmaEngine(SigmaRules rules, Limits limits) {
    this(rules, limits, counted -> {});
  }

  public SigmaEngine(SigmaRules rules, Limits limits, Recorder recorder) {
    this.rules = rules;
    this.matcher = SigmaMatcher.of(rules.rules());
    this.correlator =
        new SigmaCorrelator(
            digests(rules),
            limits.maxGroups(),
            limits.maxEntries(),
            limits.slack().toNanos() / 1000);
    this.limits = limits;
    this.recorder = recorder;
    rules.rules().stream().filter(rules::standsAlone).forEach(alone::add);
  }

  private static Map<SigmaCorrelation, String> digests(SigmaRules rules) {
    Map<SigmaCorrelation, String> digests = new LinkedHashMap<>();
    Map<String, List<String>> known = new HashMap<>();
    for (SigmaRule rule : rules.rules()) {
      note(rule.id(), rule.name(), rule.logSource() + " " + rule.expression(), known);
    }
    for (SigmaCorrelation correlation : rules.correlations()) {
      List<String> below =
          correlation.rules().stream()
              .flatMap(name -> known.getOrDefault(name, List.of()).stream())
              .toList();
      String digest = CorrelationInput.digest(correlation, below);
      digests.put(correlation, digest);
      note(correlation.id(), correlation.name(), digest, known);
    }
    return digests;
  }

  private static void note(
      String id, String name, String content, Map<String, List<String>> known) {
    known.computeIfAbsent(id, i -> new ArrayList<>()).add(content);
    if (!name.isEmpty() && !name.equals(id)) {
      known.computeIfAbsent(name, n -> new ArrayList<>()).add(content);
    }
  }

  /** Goes on where another engine stands with what both count alike. */
  public void continueFrom(SigmaEngine other) {
    for (CorrelationEvent event : other.waiting) {
      CorrelationEvent translated = correlator.translate(event, other.correlator);
      if (!translated.uses().isEmpty()) {
        waiting.add(translated);
      }
    }
  }

  /** Counts again what a {@link Recorder} was told; to be called in the same order. */
  public void restore(Counted counted) {
    correlator.restore(counted);
  }

  /**
   * Takes the next event and tells its hits, and those of correlations that older events complete.
   *
   * @param event a number that hits name it by
   * @param micros when it happened, in microseconds since the epoch
   */
  public List<Hit> accept(long event, long micros, SigmaEvent fields) {
    latest = Math.max(latest, micros);
    List<Hit> hits = new ArrayList<>(2);
    List<SigmaRule> matched = match(fields);
    if (micros < done && isCounted(matched)) {
      late++;
      addAlone(matched, event, micros, "", hits);
    } else {
      hits.addAll(take(matched, event, micros, fields, ""));
    }
    hits.addAll(inOrder(latest - limits.lateness().toNanos() / 1000));
    return hits;
  }

  /** The rules that the event matches; nothing is counted. */
  public List<SigmaRule> match(SigmaEvent fields) {
    return matcher.match(fields);
  }

  /**
   * Takes an event that {@link #match}ed these rules and tells the hits of rules that stand alone;
   * correlations count it when it is {@link #release}d.
   *
   * @param who whom or what the event is about, for hits
   */
  public List<Hit> take(
      List<SigmaRule> matched, long event, long micros, SigmaEvent fields, String who) {
    List<Hit> hits = new ArrayList<>(2);
    addAlone(matched, event, micros, who, hits);
    if (isCounted(matched)) {
      List<String> names = new ArrayList<>();
      for (SigmaRule rule : matched) {
        names.add(rule.id());
        if (!rule.name().isEmpty() && !rule.name().equals(rule.id())) {
          names.add(rule.name());
        }
      }
      List<CorrelationEvent.Use> uses = correlator.uses(fields, names);
      if (!uses.isEmpty()) {
        waiting.add(new CorrelationEvent(micros, event, who, uses));
      }
    }
    return hits;
  }

  private boolean isCounted(List<SigmaRule> matched) {
    for (SigmaRule rule : matched) {
      if (correlator.needs(rule.id()) || correlator.needs(rule.name())) {
        return true;
      }
    }
    return false;
  }

  private void addAlone(
      List<SigmaRule> matched, long event, long micros, String who, List<Hit> hits) {
    for (SigmaRule rule : matched) {
      if (alone.contains(rule)) {
        hits.add(
            new Hit(rule.id(), rule.title(), rule.level(), rule.tags(), event, micros, who, null));
      }
    }
  }

  /** Which fields of the event made the rule of this id match, with their values. */
  public List<FieldMatch> why(List<SigmaRule> matched, String id, SigmaEvent fields) {
    return matched.stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .map(rule -> explainer.explain(rule, fields))
        .orElse(List.of());
  }

  /** A field that a rule tests, and the value that passed, cut where it is long. */
  public record FieldMatch(String field, String value) {}

  /** Tells what waits for late events, as none will come. */
  public List<Hit> finish() {
    return inOrder(Long.MAX_VALUE);
  }

  private List<Hit> inOrder(long until) {
    return release(until, true, micros -> micros);
  }

  /**
   * Counts the events that happened until then, in order of their time, and tells the correlations
   * that hold.
   *
   * @param anew false where they were counted before and {@link #restore}d: they are let go
   * @param clock the time by which idle groups age, in microseconds
   */
  public List<Hit> release(long until, boolean anew, long clock) {
    return release(until, anew, micros -> clock);
  }

  private List<Hit> release(long until, boolean anew, LongUnaryOperator clock) {
    List<Hit> hits = new ArrayList<>(0);
    CorrelationEvent next = waiting.peek();
    while (next != null && (next.micros() <= until || waiting.size() > limits.maxWaiting())) {
      hurried += next.micros() <= until ? 0 : 1;
      waiting.remove();
      done = next.micros();
      if (anew) {
        count(next, clock.applyAsLong(next.micros()), hits);
      }
      next = waiting.peek();
    }
    return hits;
  }

  private void count(CorrelationEvent event, long clock, List<Hit> hits) {
    for (SigmaCorrelator.Held held : correlator.accept(event, clock, recorder)) {
      SigmaCorrelation correlation = held.correlation();
      if (rules.standsAlone(correlation)) {
        hits.add(
            new Hit(
                correlation.id(),
                correlation.title(),
                correlation.level(),
                correlation.tags(),
                event.event(),
                event.micros(),
                event.who(),
                count(held)));
      }
    }
  }

  private static Count count(SigmaCorrelator.Held held) {
    SigmaCorrelation correlation = held.correlation();
    Map<String, String> group = new LinkedHashMap<>();
    for (int i = 0; i < held.group().size(); i++) {
      group.put(correlation.groupBy().get(i), held.group().get(i));
    }
    return new Count(
        correlation.type(),
        held.number(),
        correlation.condition(),
        correlation.timespan(),
        group,
        held.events(),
        held.lost(),
        held.since());
  }

  /** Forgets groups that have been idle beyond their timespan and the slack. */
  public void expire(long clock) {
    correlator.expire(clock);
  }

  /** Smallest number of an event that waits; {@code Long.MAX_VALUE} without any. */
  public long firstWaiting() {
    return waiting.stream().mapToLong(CorrelationEvent::event).min().orElse(Long.MAX_VALUE);
  }

  public int waiting() {
    return waiting.size();
  }

  public Statistics statistics() {
    return new Statistics(
        matcher.statistics(),
        correlator.size(),
        correlator.evictions(),
        correlator.forgottenEntries(),
        late + correlator.late(),
        hurried);
  }
}
