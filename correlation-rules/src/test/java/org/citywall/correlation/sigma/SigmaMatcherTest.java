// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class SigmaMatcherTest {

  @RandomizedTest(iterations = 20)
  void findsByIndexWhatWordForWordEvaluationFinds(RandomGenerator random) {
    RandomRules source = new RandomRules(random);
    SigmaRules rules = SigmaRules.of(source.rules(60), Placeholders.NONE);
    SigmaMatcher matcher = SigmaMatcher.of(rules.rules());

    int hits = 0;
    for (int i = 0; i < 100; i++) {
      SigmaEvent event = source.event();
      List<SigmaRule> expected =
          rules.rules().stream().filter(rule -> NaiveMatch.matches(rule, event)).toList();
      assertThat(matcher.match(event)).isEqualTo(expected);
      hits += expected.size();
    }
    assertThat(rules.rejections()).isEmpty();
    assertThat(hits).isPositive();
  }

  /** Events made of the texts that rules ask for, so that many rules come near. */
  @RandomizedTest(iterations = 1)
  void findsWithTheFieldsRulesWhatWordForWordEvaluationFinds(RandomGenerator random)
      throws IOException {
    List<SigmaRule> rules = SigmaRules.of(SigmaFixtures.rules(), Placeholders.NONE).rules();
    SigmaMatcher matcher = SigmaMatcher.of(rules);

    int hits = 0;
    for (int i = 0; i < 20; i++) {
      SigmaEvent event = event(rules, random);
      List<String> expected =
          rules.stream()
              .filter(rule -> NaiveMatch.matches(rule, event))
              .map(SigmaRule::id)
              .toList();
      assertThat(matcher.match(event)).extracting(SigmaRule::id).isEqualTo(expected);
      hits += expected.size();
    }
    assertThat(hits).isPositive();
  }

  private static SigmaEvent event(List<SigmaRule> rules, RandomGenerator random) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      List<Expression.Field> tests = new ArrayList<>();
      collect(rules.get(random.nextInt(rules.size())).expression(), tests);
      for (Expression.Field test : tests) {
        if (test.test() instanceof ValueTest.Text text) {
          String value = text.glob().toString().replace("*", "").replace("\\\\", "\\");
          fields.merge(test.name(), List.of(value), (a, b) -> List.of(a.getFirst() + b.getFirst()));
        }
      }
    }
    return SigmaEvent.of(fields);
  }

  private static void collect(Expression expression, List<Expression.Field> tests) {
    switch (expression) {
      case Expression.And and -> and.parts().forEach(part -> collect(part, tests));
      case Expression.Or or -> collect(or.parts().getFirst(), tests);
      case Expression.AtLeast some -> some.parts().forEach(part -> collect(part, tests));
      case Expression.Not not -> {}
      case Expression.Keyword keyword -> {}
      case Expression.Field field -> tests.add(field);
    }
  }

  @Test
  void keepsARuleAwayFromEventsOfOtherLogs() {
    SigmaMatcher matcher =
        SigmaMatcher.of(
            RuleText.rules(
                """
                title: t
                logsource: {product: windows, category: process_creation}
                detection: {a: {Image|endswith: '\\x.exe'}, condition: a}
                """));

    assertThat(matcher.match(event("Image", "C:\\x.exe"))).hasSize(1);
    assertThat(matcher.match(event("Image", "C:\\x.exe", "Channel", "Security", "EventID", "4688")))
        .hasSize(1);
    assertThat(matcher.match(event("Image", "C:\\x.exe", "Channel", "Security", "EventID", "4624")))
        .isEmpty();
    assertThat(matcher.match(event("Image", "C:\\x.exe", "event.module", "nginx"))).isEmpty();
    assertThat(matcher.match(event("Image", "C:\\x.exe", "event.module", "auditd"))).isEmpty();
    for (String ours : List.of("citywall.masking_proxy", "api.access", "portal.access")) {
      assertThat(matcher.match(event("Image", "C:\\x.exe", "event.dataset", ours))).isEmpty();
    }
  }

  @Test
  void readsAFieldByTheNameOfAnotherSchema() {
    SigmaMatcher matcher =
        SigmaMatcher.of(
            RuleText.rules(
                """
                title: t
                logsource: {product: windows, category: process_creation}
                detection: {a: {Image|endswith: '\\x.exe'}, condition: a}
                """));

    assertThat(matcher.match(event("process.executable", "C:\\X.EXE"))).hasSize(1);
    assertThat(matcher.match(event("NewProcessName", "C:\\x.exe", "EventID", "4688"))).hasSize(1);
    assertThat(matcher.match(event("NewProcessName", "C:\\x.exe", "Image", "C:\\y.exe"))).isEmpty();
  }

  @Test
  void comesToAnEndWhereARegularExpressionWouldNot() {
    SigmaMatcher matcher =
        SigmaMatcher.of(
            RuleText.rules(
                """
                title: t
                logsource: {category: process_creation}
                detection: {a: {CommandLine|re: '^(a+)+$'}, condition: a}
                """));

    List<SigmaRule> matches = matcher.match(event("CommandLine", "a".repeat(5000) + "!"));

    assertThat(matches).isEmpty();
    assertThat(matcher.statistics().regexesGivenUp()).isEqualTo(1);
  }

  @Test
  void givesUpARegularExpressionThatExhaustsTheStack() {
    SigmaMatcher matcher =
        SigmaMatcher.of(
            RuleText.rules(
                """
                title: t
                logsource: {category: process_creation}
                detection: {a: {CommandLine|re: '^(?:a|b|cd)*$'}, condition: a}
                """));

    matcher.match(event("CommandLine", "ab".repeat(40_000)));

    assertThat(matcher.statistics().regexesGivenUp()).isEqualTo(1);
  }

  private static SigmaEvent event(String... fields) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      values.put(fields[i], List.of(fields[i + 1]));
    }
    return SigmaEvent.of(values);
  }
}
