// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class RuleDoubtsTest {

  @Test
  void findsARuleThatAsksForWhatItExcludes() {
    assertThat(doubts("s: {x: 1, y: 2}, f: {x: 1}, condition: s and not f"))
        .singleElement()
        .asString()
        .startsWith("never true");
    assertThat(doubts("s: {x: 1}, t: {y: 2}, condition: (s or t) and not s and not t"))
        .singleElement()
        .asString()
        .startsWith("never true");
    assertThat(doubts("s: {x: 1}, t: {y: 2}, condition: (s or t) and not s")).isEmpty();
  }

  @Test
  void findsARuleThatIsTrueOfAnything() {
    assertThat(doubts("f: {x: 1}, condition: not f"))
        .singleElement()
        .asString()
        .startsWith("too broad");
    assertThat(doubts("s: {y: 1}, f: {x: 1}, condition: s and not f")).isEmpty();
  }

  @Test
  void findsARuleThatItsOwnLogSourceKeepsAway() {
    String process = "{product: windows, category: process_creation}";
    assertThat(doubts(process, "s: {EventID: 11}, condition: s", Set.of()))
        .singleElement()
        .asString()
        .startsWith("unreachable");
    assertThat(doubts(process, "s: {EventID: 4688}, condition: s", Set.of())).isEmpty();
  }

  @Test
  void findsARuleAboutFieldsThatNobodySends() {
    Set<String> sent = Set.of("process.executable", "user.name");
    String process = "{category: process_creation}";
    assertThat(doubts(process, "s: {Image: a}, condition: s", sent)).isEmpty();
    assertThat(doubts(process, "s: {Image: a, Hashes: b}, condition: s", sent))
        .containsExactly("no source of this log sends Hashes");
    assertThat(doubts(process, "s: {Image: a}, t: {Hashes: b}, condition: s or t", sent)).isEmpty();
    assertThat(doubts(process, "s: {Image: a}, t: {Hashes: b}, condition: s and not t", sent))
        .isEmpty();
  }

  @RandomizedTest(iterations = 30)
  void neverDoubtsThatARuleCanBeTrueThatMatchedSomething(RandomGenerator random) {
    RandomRules texts = new RandomRules(random);
    SigmaRules rules = SigmaRules.of(texts.rules(30), Placeholders.NONE);
    Explainer explainer = new Explainer();

    for (SigmaRule rule : rules.rules()) {
      boolean matched = Canary.ofAnyLogSource(rule, explainer).isPresent();
      boolean nothing = explainer.holds(rule, SigmaEvent.of(Map.of()));
      if (matched || nothing) {
        assertThat(Satisfiable.canBeTrue(rule.expression())).as(rule.id()).isTrue();
      }
    }
  }

  @Test
  void doubtsFewRulesOfTheField() throws IOException {
    SigmaRules rules = SigmaRules.of(SigmaFixtures.rules(), Placeholders.NONE);

    List<String> reasons =
        RuleDoubts.of(rules, Set.of()).stream()
            .map(doubt -> doubt.place() + " " + doubt.reason())
            .toList();

    assertThat(reasons).hasSizeLessThan(40).noneMatch(reason -> reason.contains("never true"));
  }

  private static List<String> doubts(String detection) {
    return doubts("{category: c}", detection, Set.of());
  }

  private static List<String> doubts(String source, String detection, Set<String> sent) {
    SigmaRules rules =
        RuleText.read("title: t\nlogsource: " + source + "\ndetection: {" + detection + "}\n");
    assertThat(rules.rejections()).isEmpty();
    return RuleDoubts.of(rules, sent).stream().map(SigmaRules.Remark::reason).toList();
  }
}
