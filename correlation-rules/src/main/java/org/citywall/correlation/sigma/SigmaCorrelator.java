// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.correlation.sigma.CorrelationEvent.Use;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates correlations over events in order of their time. Keeps at most so many groups, and so
 * many entries in all of them; beyond either the group is forgotten that no event has come to for
 * longest, and counted.
 */
final class SigmaCorrelator {

  /** A group and when it no longer matters. */
  private static final class Group {
    private final GroupState state;
    private final Untold untold = new Untold();
    private long newest = Long.MIN_VALUE;
    private long lastTold = Long.MIN_VALUE;
    private long until;

    Group(GroupState state) {
      this.state = state;
    }

    int size() {
      return Math.max(state.size(), untold.size());
    }

    double add(long micros, long event, int rule, String value, long span) {
      newest = micros;
      boolean again = untold.size() > 0 && untold.last() == event;
      if (!again && event != lastTold) {
        untold.add(micros, event, span);
      }
      return state.add(micros, rule, value);
    }

    void told(long event) {
      untold.clear();
      lastTold = event;
    }
  }

  /**
   * A correlation that holds.
   *
   * @param number what was counted
   * @param events those of the group that no earlier hit named
   * @param lost about how many more such events there were
   * @param since time of the first of them
   * @param group values of the fields of the group
   */
  record Held(
      SigmaCorrelation correlation,
      double number,
      List<Long> events,
      long lost,
      long since,
      List<String> group) {}

  private final int maxGroups;
  private final long maxEntries;
  private final long slack;
  private final List<CorrelationInput> correlations = new ArrayList<>();
  private final Map<String, CorrelationInput> byDigest = new HashMap<>();

  /** By id or name of a rule or correlation: numbers of those that build on it. */
  private final Map<String, TreeSet<Integer>> above = new HashMap<>();

  /** The one that was used longest ago first. */
  private final LinkedHashMap<String, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

  private long entries;
  private long evictions;
  private long forgotten;
  private long late;

  /**
   * @param correlations each after those it builds on, with its digest
   * @param slack for how many microseconds beyond its timespan an idle group is kept
   */
  SigmaCorrelator(
      Map<SigmaCorrelation, String> correlations, int maxGroups, long maxEntries, long slack) {
    this.maxGroups = maxGroups;
    this.maxEntries = maxEntries;
    this.slack = slack;
    correlations.forEach(
        (correlation, digest) -> {
          CorrelationInput input =
              new CorrelationInput(correlation, this.correlations.size(), digest);
          this.correlations.add(input);
          byDigest.put(digest, input);
          for (String rule : correlation.rules()) {
            above.computeIfAbsent(rule, r -> new TreeSet<>()).add(input.number());
          }
        });
  }

  /** Whether a rule of this id or name matters to any correlation. */
  boolean needs(String rule) {
    return above.containsKey(rule);
  }

  /** How correlations may count an event that matched these rules, by all their ids and names. */
  List<Use> uses(SigmaEvent event, Collection<String> rules) {
    Set<String> matched = new HashSet<>(rules);
    Set<String> possible = new HashSet<>(rules);
    TreeSet<Integer> wanted = new TreeSet<>();
    rules.forEach(rule -> wanted.addAll(above.getOrDefault(rule, NONE)));
    List<Use> uses = new ArrayList<>();
    for (Integer next = wanted.pollFirst(); next != null; next = wanted.pollFirst()) {
      CorrelationInput input = correlations.get(next);
      List<String> names = input.correlation().rules();
      int before = uses.size();
      // The last step of a sequence first: one event must not be two steps of it.
      for (int rule = names.size() - 1; rule >= 0; rule--) {
        if (possible.contains(names.get(rule))) {
          Use use = input.use(event, rule, matched.contains(names.get(rule)));
          if (use != null) {
            uses.add(use);
          }
        }
      }
      if (uses.size() > before) {
        for (String name : names(input.correlation())) {
          possible.add(name);
          wanted.addAll(above.getOrDefault(name, NONE));
        }
      }
    }
    return uses;
  }

  private static final TreeSet<Integer> NONE = new TreeSet<>();

  private static List<String> names(SigmaCorrelation correlation) {
    return correlation.name().isEmpty()
        ? List.of(correlation.id())
        : List.of(correlation.id(), correlation.name());
  }

  /**
   * Takes the next event and tells the correlations that hold for the timespan ending with it.
   *
   * @param clock the time by which idle groups age
   */
  List<Held> accept(CorrelationEvent event, long clock, SigmaEngine.Recorder recorder) {
    Set<String> holding = new HashSet<>();
    List<Held> held = new ArrayList<>(0);
    List<Use> uses = event.uses();
    for (int from = 0; from < uses.size(); ) {
      int end = from + 1;
      while (end < uses.size() && uses.get(end).correlation() == uses.get(from).correlation()) {
        end++;
      }
      Held one = count(uses.subList(from, end), event, clock, holding, recorder);
      if (one != null) {
        held.add(one);
        holding.addAll(names(one.correlation()));
      }
      from = end;
    }
    return held;
  }

  private @Nullable Held count(
      List<Use> uses,
      CorrelationEvent event,
      long clock,
      Set<String> holding,
      SigmaEngine.Recorder recorder) {
    CorrelationInput input = correlations.get(uses.getFirst().correlation());
    boolean temporal = input.correlation().type().isTemporal();
    boolean counted = false;
    Held held = null;
    for (Use use : uses) {
      boolean counts =
          use.matched() || holding.contains(input.correlation().rules().get(use.rule()));
      // An event counts once, however many of the rules it matches, except towards sequences.
      if (counts && (!counted || temporal)) {
        counted = true;
        Held one = add(input, use, event, clock, recorder);
        held = one == null || held != null && one.events().isEmpty() ? held : one;
      }
    }
    return held;
  }

  private @Nullable Held add(
      CorrelationInput input,
      Use use,
      CorrelationEvent event,
      long clock,
      SigmaEngine.Recorder recorder) {
    Group group = group(input, use.key(), event.micros(), clock);
    if (event.micros() < group.newest) {
      late++;
      return null;
    }
    double number = add(group, input, use.rule(), use.value(), event.micros(), event.event());
    boolean held = !Double.isNaN(number) && input.correlation().isReached(number);
    Held result =
        held
            ? new Held(
                input.correlation(),
                number,
                group.untold.events(),
                group.untold.lost(),
                group.untold.size() == 0 ? event.micros() : group.untold.firstMicros(),
                use.group())
            : null;
    if (held) {
      group.told(event.event());
    }
    recorder.counted(
        new SigmaEngine.Counted(
            input.digest(),
            use.rule(),
            use.key(),
            use.value(),
            event.micros(),
            event.event(),
            clock + life(input),
            held));
    return result;
  }

  private double add(
      Group group, CorrelationInput input, int rule, String value, long micros, long event) {
    int before = group.size();
    double number = group.add(micros, event, rule, value, span(input));
    entries += group.size() - before;
    while (entries > maxEntries && groups.size() > 1) {
      forget();
      evictions++;
    }
    return number;
  }

  /** Counts what another correlator counted; nothing where the correlation is another one now. */
  void restore(SigmaEngine.Counted counted) {
    CorrelationInput input = byDigest.get(counted.correlation());
    if (input == null) {
      return;
    }
    Group group = group(input, counted.key(), counted.micros(), counted.until() - life(input));
    add(group, input, counted.rule(), counted.value(), counted.micros(), counted.event());
    if (counted.told()) {
      group.told(counted.event());
    }
  }

  private static long span(CorrelationInput input) {
    return input.correlation().timespan().toNanos() / 1000;
  }

  private long life(CorrelationInput input) {
    return span(input) + slack;
  }

  private Group group(CorrelationInput input, String key, long micros, long clock) {
    String full = input.number() + key;
    Group group = groups.get(full);
    if (group == null) {
      makeRoom(micros);
      group = new Group(GroupState.of(input.correlation()));
      groups.put(full, group);
      entries += group.size();
    }
    group.until = clock + life(input);
    return group;
  }

  /** Forgets what no event from this time on can need; events that wait are not older. */
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
      forget(oldest.getValue());
    }
  }

  private void forget(Group group) {
    forgotten += group.state.forgotten();
    entries -= group.size();
  }

  /** Forgets the groups that no longer matter. */
  void expire(long clock) {
    groups
        .values()
        .removeIf(
            group -> {
              boolean over = group.until < clock;
              if (over) {
                forget(group);
              }
              return over;
            });
  }

  /** Numbers of another correlator's events in terms of this one; without those it lacks. */
  CorrelationEvent translate(CorrelationEvent event, SigmaCorrelator from) {
    List<Use> uses = new ArrayList<>();
    for (Use use : event.uses()) {
      CorrelationInput known = byDigest.get(from.correlations.get(use.correlation()).digest());
      if (known != null) {
        uses.add(
            new Use(
                known.number(), use.rule(), use.key(), use.value(), use.matched(), use.group()));
      }
    }
    uses.sort((a, b) -> Integer.compare(a.correlation(), b.correlation()));
    return new CorrelationEvent(event.micros(), event.event(), event.who(), uses);
  }

  int size() {
    return groups.size();
  }

  /** Groups forgotten because the bound was reached. */
  long evictions() {
    return evictions;
  }

  /** Events that came after younger ones of their group were counted. */
  long late() {
    return late;
  }

  /** Entries of groups forgotten because a group was too large. */
  long forgottenEntries() {
    return forgotten + groups.values().stream().mapToLong(g -> g.state.forgotten()).sum();
  }
}
