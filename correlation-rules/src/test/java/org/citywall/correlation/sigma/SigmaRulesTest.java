// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.sigma.SigmaRules.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmaRulesTest {

  private static final String HEAD = "title: t\nid: i\nlogsource: {category: c}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a and b or c            | c      | true
          a and (b or c)          | c      | false
          a or b and c            | a      | true
          not a and b             | b      | true
          not (a and b)           | a b    | false
          NOT a AND b             | b      | true
          1 of them               | b      | true
          any of them             | ''     | false
          all of them             | a b    | false
          all of them             | a b c  | true
          2 of them               | a c    | true
          2 of them               | a      | false
          1 of them               | _d     | false
          1 of _*                 | _d     | true
          all of b* and not 1 of c* | b    | true
          a and not 1 of c*       | a c    | false
          """)
  void evaluatesConditions(String condition, String holding, boolean matches) {
    StringBuilder yaml = new StringBuilder(HEAD + "detection:\n  condition: " + condition + '\n');
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c", "_d")) {
      yaml.append("  ").append(name).append(": {f").append(name).append(": 'yes'}\n");
      fields.put("f" + name, List.of(List.of(holding.split(" ")).contains(name) ? "yes" : "no"));
    }

    SigmaMatcher matcher = SigmaMatcher.of(RuleText.rules(yaml.toString()));

    assertThat(matcher.match(SigmaEvent.of(fields))).hasSize(matches ? 1 : 0);
  }

  @Test
  void takesConditionsOfAListAsAlternatives() {
    SigmaMatcher matcher =
        SigmaMatcher.of(
            RuleText.rules(HEAD + "detection: {a: {f: 1}, b: {f: 2}, condition: [a, b]}"));

    assertThat(matcher.match(SigmaEvent.of(Map.of("f", List.of("2"))))).hasSize(1);
    assertThat(matcher.match(SigmaEvent.of(Map.of("f", List.of("3"))))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          {a: {f|sounds: x}, condition: a} ; SIGMA_RULE_INVALID ; no modifier sounds
          {a: {f|re|contains: x}, condition: a} ; SIGMA_RULE_INVALID ; place
          {a: {f|gt: x}, condition: a} ; SIGMA_RULE_INVALID ; a number is needed
          {a: {f|cidr: 10.0.0.0/33}, condition: a} ; SIGMA_RULE_INVALID ; is no network
          {a: {f|exists: maybe}, condition: a} ; SIGMA_RULE_INVALID ; true or false
          {a: {f|contains: null}, condition: a} ; SIGMA_RULE_INVALID ; null cannot
          {a: {f|base64: 'x*'}, condition: a} ; SIGMA_RULE_INVALID ; cannot be encoded
          {a: {f: []}, condition: a} ; SIGMA_RULE_INVALID ; has no value
          {a: {f: {g: h}}, condition: a} ; SIGMA_RULE_INVALID ; a map cannot
          {a: {f: x}, condition: b} ; SIGMA_RULE_INVALID ; b is not expected
          {a: {f: x}, condition: 1 of b*} ; SIGMA_RULE_INVALID ; no selection is named
          {a: {f: x}, condition: (a} ; SIGMA_RULE_INVALID ; ends too early
          {a: {f: x}, condition: a b} ; SIGMA_RULE_INVALID ; b is not expected
          {a: {f: x}} ; SIGMA_RULE_INVALID ; condition is missing
          {condition: a} ; SIGMA_RULE_INVALID ; no selection
          {a: {f: x}, condition: a, timeframe: 5m} ; SIGMA_UNSUPPORTED ; timeframe
          {a: {f: x}, condition: a | count() > 5} ; SIGMA_UNSUPPORTED ; aggregation
          {a: {f|re: '(x'}, condition: a} ; SIGMA_UNSUPPORTED ; regular expression
          {a: {f|expand: '%who%'}, condition: a} ; SIGMA_PLACEHOLDER_MISSING ; %who%
          """)
  void saysWhereAndWhyARuleIsNotTaken(String detection, CorrelationErrorCode code, String reason) {
    List<Remark> rejections = RuleText.read(HEAD + "detection: " + detection).rejections();

    assertThat(rejections).hasSize(1);
    assertThat(rejections.getFirst().code()).isEqualTo(code);
    assertThat(rejections.getFirst().reason()).contains(reason);
    assertThat(rejections.getFirst().place()).isEqualTo(new Place("rule.yml", 4));
  }

  @Test
  void keepsTheOtherRulesOfAFileWithAWrongOne() {
    SigmaRules rules =
        RuleText.read(
            HEAD
                + "detection: {a: {f: x}, condition: a}\n---\ntitle: second\n---\n"
                + HEAD.replace("id: i", "id: j")
                + "detection: {a: {f: x}, condition: a}\n");

    assertThat(rules.rules()).extracting(SigmaRule::id).containsExactly("i", "j");
    assertThat(rules.rejections()).extracting(Remark::title).containsExactly("second");
    assertThat(rules.rejections().getFirst().place().line()).isEqualTo(6);
  }

  @Test
  void refusesWhatIsNoYamlAndKeysThatOccurTwice() {
    assertThat(RuleText.read("title: [").rejections())
        .extracting(Remark::code)
        .containsExactly(CorrelationErrorCode.SIGMA_YAML_INVALID);
    assertThat(RuleText.read("title: a\ntitle: b\n").rejections().getFirst())
        .satisfies(remark -> assertThat(remark.place().line()).isEqualTo(2))
        .satisfies(remark -> assertThat(remark.reason()).contains("title is there twice"));
  }

  @Test
  void refusesAliasesThatStandForMoreThanMemoryHolds() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      yaml.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ", ").repeat(9) + before));
    }

    assertThat(RuleText.read(yaml.toString()).rejections())
        .extracting(Remark::code)
        .containsExactly(CorrelationErrorCode.SIGMA_YAML_INVALID);
  }

  @Test
  void readsAPairOfSurrogatesAtAnyPlace() {
    for (int padding = 1000; padding < 1050; padding++) {
      String comment = "#" + "x".repeat(padding) + "\ud83d\ude00\n";
      assertThat(RuleText.rules(comment + HEAD + "detection: {a: {f: x}, condition: a}"))
          .hasSize(1);
    }
  }

  @Test
  void addsAFilterToTheRulesItNames() {
    String filter =
        """
        ---
        title: ours
        logsource: {category: c}
        filter:
          rules: [%s]
          ours: {user: adm}
          condition: not ours
        """;
    String rule = HEAD + "detection: {a: {f: x}, condition: a}\n";
    SigmaEvent event = SigmaEvent.of(Map.of("f", List.of("x"), "user", List.of("adm")));

    assertThat(SigmaMatcher.of(RuleText.rules(rule + filter.formatted("i"))).match(event))
        .isEmpty();
    assertThat(SigmaMatcher.of(RuleText.rules(rule + filter.formatted("any"))).match(event))
        .isEmpty();
    SigmaRules other = RuleText.read(rule + filter.formatted("k"));
    assertThat(SigmaMatcher.of(other.rules()).match(event)).hasSize(1);
    assertThat(other.notices())
        .extracting(Remark::reason)
        .containsExactly("the filter names no loaded rule: k");
  }

  @Test
  void saysThatACorrelationWithoutItsRuleCannotFire() {
    SigmaRules rules =
        RuleText.read("title: t\ncorrelation: {type: temporal, rules: [gone], timespan: 5m}\n");

    assertThat(rules.loaded()).isEqualTo(1);
    assertThat(rules.correlations()).isEmpty();
    assertThat(rules.notices().getFirst().reason()).contains("cannot fire: gone");
  }
}
