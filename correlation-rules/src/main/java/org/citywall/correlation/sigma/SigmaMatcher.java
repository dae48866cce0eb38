// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which rules an event matches. Holds no state between events but counts and what it learned
 * of log sources; one matcher is for one thread.
 */
public final class SigmaMatcher {

  /** Kinds of events whose log sources are remembered; forgotten together when there are more. */
  private static final int MAX_ROUTES = 4096;

  private final List<SigmaRule> rules;
  private final Compiled[] conditions;
  private final List<LogSource> logSources;
  private final CandidateIndex[] indexes;
  private final LogSources facts;
  private final FieldSlots slots;
  private final Evaluation evaluation;
  private final Map<List<List<String>>, int[]> routes = new HashMap<>();
  private final int[] seen;
  private int number;
  private int[] found;
  private int foundCount;
  private long events;
  private long candidates;

  /**
   * What the matcher has done so far.
   *
   * @param candidates rules evaluated, over all events
   * @param regexesGivenUp searches that would have taken too many steps, each a possible miss
   */
  public record Statistics(long events, long candidates, long regexesGivenUp) {}

  private SigmaMatcher(
      List<SigmaRule> rules,
      Compiled[] conditions,
      Map<LogSource, CandidateIndex> indexes,
      LogSources facts,
      RuleCompiler compiler) {
    this.rules = rules;
    this.conditions = conditions;
    this.logSources = List.copyOf(indexes.keySet());
    this.indexes = indexes.values().toArray(CandidateIndex[]::new);
    this.facts = facts;
    this.slots = compiler.slots();
    this.evaluation = new Evaluation(slots.size(), compiler.tests());
    this.seen = new int[rules.size()];
    this.found = new int[Math.max(16, rules.size())];
  }

  /** A matcher of these rules; takes about a second for some thousand. */
  public static SigmaMatcher of(List<SigmaRule> rules) {
    RuleCompiler compiler = new RuleCompiler(FieldNames.builtIn());
    Needs needs = new Needs();
    for (SigmaRule rule : rules) {
      needs.count(rule.expression(), field -> compiler.slot(field, rule.logSource()));
    }
    Map<LogSource, CandidateIndex.Builder> builders = new LinkedHashMap<>();
    Compiled[] conditions = new Compiled[rules.size()];
    for (int i = 0; i < conditions.length; i++) {
      SigmaRule rule = rules.get(i);
      conditions[i] = compiler.compile(rule.expression(), rule.logSource());
      add(
          i,
          needs.choose(rule.expression(), field -> compiler.slot(field, rule.logSource())),
          builders.computeIfAbsent(rule.logSource(), s -> new CandidateIndex.Builder()));
    }
    Map<LogSource, CandidateIndex> indexes = new LinkedHashMap<>();
    builders.forEach((source, builder) -> indexes.put(source, builder.build()));
    return new SigmaMatcher(
        List.copyOf(rules), conditions, indexes, LogSources.builtIn(), compiler);
  }

  private static void add(int rule, Optional<List<Need>> needs, CandidateIndex.Builder builder) {
    needs.ifPresentOrElse(
        list -> list.forEach(need -> builder.add(rule, need)), () -> builder.addAlways(rule));
  }

  /** The rules that match, in the order in which they were given. */
  public List<SigmaRule> match(SigmaEvent event) {
    events++;
    number++;
    foundCount = 0;
    evaluation.begin(event, slots);
    for (int source : route(event)) {
      indexes[source].candidates(evaluation, this::add);
    }
    candidates += foundCount;
    Arrays.sort(found, 0, foundCount);
    List<SigmaRule> matches = new ArrayList<>(2);
    for (int i = 0; i < foundCount; i++) {
      if (conditions[found[i]].holds(evaluation)) {
        matches.add(rules.get(found[i]));
      }
    }
    return matches;
  }

  private void add(int[] numbers) {
    for (int rule : numbers) {
      if (seen[rule] != number) {
        seen[rule] = number;
        found[foundCount++] = rule;
      }
    }
  }

  /** The log sources that the event may be of. */
  private int[] route(SigmaEvent event) {
    List<List<String>> kind = new ArrayList<>(facts.fields().size());
    for (String field : facts.fields()) {
      kind.add(event.get(field) == null ? ABSENT : event.texts(field));
    }
    int[] known = routes.get(kind);
    if (known != null) {
      return known;
    }
    if (routes.size() >= MAX_ROUTES) {
      routes.clear();
    }
    int[] route = new int[logSources.size()];
    int n = 0;
    for (int i = 0; i < route.length; i++) {
      if (facts.admits(logSources.get(i), event)) {
        route[n++] = i;
      }
    }
    int[] admitted = Arrays.copyOf(route, n);
    routes.put(kind, admitted);
    return admitted;
  }

  private static final List<String> ABSENT = List.of("\u0000absent");

  /** How many rules the last event was tested against. */
  public int lastCandidates() {
    return foundCount;
  }

  public Statistics statistics() {
    return new Statistics(events, candidates, evaluation.steps.givenUp());
  }
}
