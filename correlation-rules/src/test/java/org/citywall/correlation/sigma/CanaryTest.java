// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.correlation.sigma.SigmaEngine.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {

  @Test
  void firesNearlyEveryRuleOfTheFieldOnTheEventMadeForIt() throws IOException {
    SigmaRules rules = SigmaRules.of(SigmaFixtures.rules(), Placeholders.NONE);

    CanaryRun run = CanaryRun.of(rules, new SigmaEngine(rules, Limits.DEFAULT));

    assertThat(run.dead()).isEmpty();
    assertThat(run.unproven()).isLessThanOrEqualTo(5);
  }

  @RandomizedTest(iterations = 20)
  void makesNoEventThatTheMatcherDoesNotFind(RandomGenerator random) {
    SigmaRules rules = SigmaRules.of(new RandomRules(random).rules(40), Placeholders.NONE);

    CanaryRun run = CanaryRun.of(rules, new SigmaEngine(rules, Limits.DEFAULT));

    assertThat(run.dead()).isEmpty();
    assertThat(run.size()).isPositive();
  }

  @Test
  void tellsARuleThatTheRunningMatcherDoesNotFire() {
    SigmaRules rules = RuleText.read(rule("a", "x: 1") + "---\n" + rule("b", "x: 2"));
    SigmaRules fewer = RuleText.read(rule("a", "x: 1"));

    CanaryRun run = CanaryRun.of(rules, new SigmaEngine(fewer, Limits.DEFAULT));

    assertThat(run.dead()).contains("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "^a+b?c*$",
        "(foo|bar)\\.exe",
        "(?i)\\\\(cmd|powershell)\\.exe\\s+/c",
        "[^a-z]{3,5}[0-9]+",
        "(?:x|y){2}z",
        "\\x41\\d{2}",
        "(?P<name>q)w"
      })
  void makesATextThatAnExpressionIsFoundIn(String expression) {
    assertThat(BoundedRegex.compile(expression, 0, 1).example()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?=a)b", "(a)\\1", "(?<!x)y"})
  void makesNothingOfWhatItDoesNotKnow(String expression) {
    assertThat(RegexExample.of(expression)).isEqualTo(Optional.empty());
  }

  private static String rule(String id, String test) {
    return "title: "
        + id
        + "\nid: "
        + id
        + "\nlogsource: {category: c}\ndetection: {s: {"
        + test
        + "}, condition: s}\n";
  }
}
