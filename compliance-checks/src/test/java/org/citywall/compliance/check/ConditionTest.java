// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ConditionTest {

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private static Truth judge(String condition, String facts) {
    return ConditionReader.read(YAML.readTree(condition), new Place("test"))
        .judge(YAML.readTree(facts), new Remarks());
  }

  @Test
  void whatTheFactsDoNotSayIsUnknownUnlessTheCheckSaysWhatItMeans() {
    assertThat(judge("{path: a/b, equals: 1}", "{a: {}}")).isEqualTo(Truth.UNKNOWN);
    assertThat(judge("{path: a/b, equals: 1}", "{a: {b: null}}")).isEqualTo(Truth.UNKNOWN);
    assertThat(judge("{path: a/b, equals: 1, missing: true}", "{}")).isEqualTo(Truth.TRUE);
    assertThat(judge("{path: a/b, equals: 1, missing: false}", "{}")).isEqualTo(Truth.FALSE);
    assertThat(judge("{path: a/b, exists: false}", "{}")).isEqualTo(Truth.TRUE);
  }

  @Test
  void numbersThatAFileSpellsAreNumbers() {
    assertThat(judge("{path: n, at-least: 8}", "{n: '12'}")).isEqualTo(Truth.TRUE);
    assertThat(judge("{path: n, at-least: 8}", "{n: '7'}")).isEqualTo(Truth.FALSE);
    assertThat(judge("{path: n, at-most: -1}", "{n: '-1'}")).isEqualTo(Truth.TRUE);
    assertThat(judge("{path: n, equals: 0}", "{n: '0'}")).isEqualTo(Truth.TRUE);
    assertThat(judge("{path: n, at-least: 8}", "{n: many}")).isEqualTo(Truth.UNKNOWN);
  }

  @Test
  void aModeMayAllowNoMoreThanWhatIsGiven() {
    assertThat(judge("{path: m, mode-within: '0640'}", "{m: '0600'}")).isEqualTo(Truth.TRUE);
    assertThat(judge("{path: m, mode-within: '0640'}", "{m: '0644'}")).isEqualTo(Truth.FALSE);
    assertThat(judge("{path: m, mode-within: '0755'}", "{m: '4755'}")).isEqualTo(Truth.FALSE);
  }

  @Test
  void anExpressionThatRunsAwayIsGivenUpAsUnknown() {
    String many = "a".repeat(2_000);
    assertThat(judge("{path: t, matches: 'a*a*a*a*b'}", "{t: " + many + "}"))
        .isEqualTo(Truth.UNKNOWN);
    assertThat(judge("{path: t, matches: '^a+$'}", "{t: " + many + "}")).isEqualTo(Truth.TRUE);
  }

  @Test
  void elementsAreCountedAmongThoseThatItIsAbout() {
    String facts = "{l: [{k: x, v: 1}, {k: x, v: 2}, {k: y, v: 1}, {k: x}]}";
    assertThat(judge("{each: l, where: {path: k, equals: y}, meet: {path: v, equals: 1}}", facts))
        .isEqualTo(Truth.TRUE);
    assertThat(judge("{each: l, where: {path: k, equals: x}, meet: {path: v, equals: 1}}", facts))
        .isEqualTo(Truth.FALSE);
    assertThat(judge("{each: l, meet: {path: v, at-least: 1}}", facts)).isEqualTo(Truth.UNKNOWN);
    assertThat(judge("{each: l, meet: {path: v, equals: 1}, at-least: 2}", facts))
        .isEqualTo(Truth.TRUE);
    assertThat(judge("{each: l, meet: {path: v, equals: 1}, at-least: 3}", facts))
        .isEqualTo(Truth.UNKNOWN);
    assertThat(judge("{each: l, meet: {path: v, equals: 1}, at-most: 1}", facts))
        .isEqualTo(Truth.FALSE);
    assertThat(judge("{each: m, meet: {path: v, equals: 1}}", facts)).isEqualTo(Truth.UNKNOWN);
  }

  /**
   * An answer may only be given where it stays the same whatever the unknown facts turn out to be.
   */
  @RandomizedTest(iterations = 300)
  void aKnownAnswerHoldsForEveryWorldThatFitsTheFacts(RandomGenerator random) {
    Condition condition = condition(random, 3);
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    List<String> unknown = new ArrayList<>();
    for (String key : List.of("a", "b", "c")) {
      switch (random.nextInt(3)) {
        case 0 -> unknown.add(key);
        case 1 -> facts.put(key, 0);
        default -> facts.put(key, 1);
      }
    }
    Truth told = condition.judge(facts, new Remarks());
    if (told == Truth.UNKNOWN) {
      return;
    }
    for (int world = 0; world < 1 << unknown.size(); world++) {
      ObjectNode whole = facts.deepCopy();
      for (int i = 0; i < unknown.size(); i++) {
        whole.put(unknown.get(i), world >> i & 1);
      }
      assertThat(condition.judge(whole, new Remarks()))
          .as("%s %s", condition, whole)
          .isEqualTo(told);
    }
  }

  private static Condition condition(RandomGenerator random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      JsonNode one = JsonNodeFactory.instance.numberNode(1);
      String key = List.of("a", "b", "c").get(random.nextInt(3));
      return new Condition.Test(FactPath.of(key), Operator.EQUALS, one, Truth.UNKNOWN);
    }
    List<Condition> parts = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      parts.add(condition(random, depth - 1));
    }
    return switch (random.nextInt(5)) {
      case 0 -> new Condition.All(parts);
      case 1 -> new Condition.Any(parts);
      case 2 -> new Condition.None(parts);
      case 3 -> new Condition.Exactly(random.nextInt(parts.size() + 1), parts);
      default ->
          new Condition.If(
              parts.getFirst(), condition(random, depth - 1), condition(random, depth - 1));
    };
  }
}
