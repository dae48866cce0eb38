// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.correlation.sigma.SigmaEngine.Hit;
import org.citywall.correlation.sigma.SigmaEngine.Limits;
import org.junit.jupiter.api.Test;

class SigmaEngineTest {

  private static final long SECOND = 1_000_000;
  private static final List<String> BASE = List.of("r0", "r1", "r2");

  private static final List<String> CONDITIONS =
      List.of(
          "type: event_count, condition: {gte: 3}",
          "type: event_count, condition: {gt: 1, lt: 4}",
          "type: event_count, condition: {eq: 2}",
          "type: event_count, condition: {neq: 1}",
          "type: value_count, condition: {field: v, gte: 3}",
          "type: value_count, condition: {field: v, lte: 1}",
          "type: temporal",
          "type: temporal, condition: {gte: 2}",
          "type: temporal_ordered",
          "type: value_sum, condition: {field: v, gt: 12}",
          "type: value_avg, condition: {field: v, gte: 4}",
          "type: value_percentile, condition: {field: v, percentile: 75, gt: 5}",
          "type: value_percentile, condition: {field: v, lte: 25}");

  @RandomizedTest(iterations = 20)
  void correlatesAsCalculatingEachTimespanAnew(RandomGenerator random) {
    for (String condition : CONDITIONS) {
      SigmaRules rules = RuleText.read(base() + correlation(condition));
      assertThat(rules.rejections()).isEmpty();
      assertThat(rules.dormant()).isEmpty();
      List<NaiveCorrelation.Input> inputs = inputs(random);
      SigmaEngine engine = new SigmaEngine(rules, Limits.DEFAULT);

      TreeSet<Long> found = new TreeSet<>();
      for (NaiveCorrelation.Input input : shuffledWithinLateness(inputs, random)) {
        hits(engine.accept(input.number(), input.micros(), event(input)), found);
      }
      hits(engine.finish(), found);

      assertThat(found)
          .as(condition)
          .isEqualTo(NaiveCorrelation.hits(rules.correlations().getFirst(), inputs));
      assertThat(engine.statistics().late()).isZero();
    }
  }

  private static void hits(List<Hit> hits, TreeSet<Long> found) {
    hits.forEach(hit -> assertThat(hit.rule()).isEqualTo("c"));
    hits.forEach(hit -> found.add(hit.event()));
  }

  private static List<NaiveCorrelation.Input> inputs(RandomGenerator random) {
    List<NaiveCorrelation.Input> inputs = new ArrayList<>();
    long micros = 1_000_000 * SECOND;
    for (int i = 1; i <= 60; i++) {
      micros += random.nextInt(4) * SECOND;
      inputs.add(
          new NaiveCorrelation.Input(
              i,
              micros,
              random.nextInt(3),
              String.valueOf(random.nextInt(2)),
              String.valueOf(random.nextInt(8))));
    }
    return inputs;
  }

  /** Any order in which no event comes more than the lateness after a younger one. */
  private static List<NaiveCorrelation.Input> shuffledWithinLateness(
      List<NaiveCorrelation.Input> inputs, RandomGenerator random) {
    record Arrival(NaiveCorrelation.Input input, long at) {}
    return inputs.stream()
        .map(input -> new Arrival(input, input.micros() + random.nextInt(60) * SECOND))
        .sorted(Comparator.comparingLong(Arrival::at))
        .map(Arrival::input)
        .toList();
  }

  private static SigmaEvent event(NaiveCorrelation.Input input) {
    return SigmaEvent.of(
        Map.of(
            "rule", List.of("r" + input.rule()),
            "g", List.of(input.group()),
            "v", List.of(input.value())));
  }

  private static String base() {
    StringBuilder yaml = new StringBuilder();
    for (String name : BASE) {
      yaml.append("title: ").append(name).append("\nname: ").append(name);
      yaml.append("\nlogsource: {category: c}\ndetection: {a: {rule: ").append(name);
      yaml.append("}, condition: a}\n---\n");
    }
    return yaml.toString();
  }

  private static String correlation(String condition) {
    return "title: c\nid: c\ncorrelation: {rules: [r0, r1, r2], group-by: [g], timespan: 10s, "
        + condition
        + "}\n";
  }

  @Test
  void groupsDifferentFieldsByTheirAlias() {
    SigmaEngine engine =
        new SigmaEngine(
            RuleText.read(
                base()
                    + """
                    title: c
                    id: c
                    correlation:
                      type: temporal
                      rules: [r0, r1]
                      aliases: {who: {r0: user, r1: account}}
                      group-by: [who]
                      timespan: 1m
                    """),
            Limits.DEFAULT);

    engine.accept(1, 0, SigmaEvent.of(Map.of("rule", List.of("r0"), "user", List.of("ana"))));
    engine.accept(2, 1, SigmaEvent.of(Map.of("rule", List.of("r1"), "account", List.of("bo"))));
    engine.accept(3, 2, SigmaEvent.of(Map.of("rule", List.of("r1"), "account", List.of("ana"))));

    assertThat(engine.finish()).extracting(Hit::rule, Hit::event).containsExactly(tuple("c", 3L));
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.api.Assertions.tuple(values);
  }

  @Test
  void buildsCorrelationsOnCorrelations() {
    SigmaEngine engine =
        new SigmaEngine(
            RuleText.read(
                base()
                    + """
                    title: above
                    correlation: {type: temporal_ordered, rules: [many, r1], timespan: 1m}
                    ---
                    title: many
                    name: many
                    correlation: {type: event_count, rules: [r0], timespan: 1m, condition: {gte: 2}}
                    """),
            Limits.DEFAULT);

    engine.accept(1, 0, event(0));
    engine.accept(2, SECOND, event(0));
    engine.accept(3, 2 * SECOND, event(1));

    assertThat(engine.finish())
        .extracting(Hit::rule, Hit::event)
        .containsExactly(tuple("above", 3L));
  }

  @Test
  void tellsHitsOfTheRulesBelowOnlyWhereTheCorrelationSaysSo() {
    String many =
        "title: many\ncorrelation: {type: event_count, rules: [r0], timespan: 1m,"
            + " condition: {gte: 2}, generate: %s}\n";
    SigmaEngine silent =
        new SigmaEngine(RuleText.read(base() + many.formatted("false")), Limits.DEFAULT);
    SigmaEngine both =
        new SigmaEngine(RuleText.read(base() + many.formatted("true")), Limits.DEFAULT);

    assertThat(silent.accept(1, 0, event(0))).isEmpty();
    assertThat(both.accept(1, 0, event(0))).extracting(Hit::rule).containsExactly("r0");
  }

  @Test
  void countsWhatItForgetsOrCannotWaitFor() {
    SigmaEngine engine =
        new SigmaEngine(
            RuleText.read(base() + correlation("type: event_count, condition: {gte: 2}")),
            new Limits(Duration.ofSeconds(5), 2, 1000, 3));

    for (int i = 0; i < 10; i++) {
      SigmaEvent event =
          SigmaEvent.of(Map.of("rule", List.of("r0"), "g", List.of(String.valueOf(i))));
      engine.accept(i, i * SECOND / 10, event);
    }
    engine.accept(10, 100 * SECOND, event(1));
    engine.accept(11, 0, event(1));

    SigmaEngine.Statistics statistics = engine.statistics();
    assertThat(statistics.groups()).isLessThanOrEqualTo(2);
    assertThat(statistics.evictions()).isPositive();
    assertThat(statistics.hurried()).isPositive();
    assertThat(statistics.late()).isEqualTo(1);
  }

  @Test
  void forgetsTheGroupUsedLongestAgoWhenAllGroupsTogetherAreTooLarge() {
    SigmaEngine engine =
        new SigmaEngine(
            RuleText.read(
                base() + correlation("type: value_count, condition: {field: v, gte: 50}")),
            new Limits(Duration.ZERO, 1000, 60, 1000));

    for (int i = 0; i < 100; i++) {
      engine.accept(
          i,
          i,
          SigmaEvent.of(
              Map.of(
                  "rule", List.of("r0"),
                  "g", List.of(String.valueOf(i / 40)),
                  "v", List.of("x".repeat(300) + i))));
    }

    assertThat(engine.statistics().groups()).isEqualTo(2);
    assertThat(engine.statistics().evictions()).isEqualTo(1);
  }

  private static SigmaEvent event(int rule) {
    return SigmaEvent.of(Map.of("rule", List.of("r" + rule)));
  }
}
