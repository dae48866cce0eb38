// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioCasesTest {

  static Stream<ScenarioCases.Case> cases() {
    return ScenarioCases.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsTheAttackAndLetsTheLookAlikePass(ScenarioCases.Case each) {
    List<String> found =
        each.story().alerts(each.context()).stream()
            .map(alert -> alert.ruleId() + '/' + alert.variant())
            .sorted()
            .toList();

    assertThat(found).isEqualTo(each.alerts());
  }

  @Test
  void hasAnAttackANearMissAndALookAlikeForEachRule() {
    var byRule =
        cases()
            .collect(
                Collectors.groupingBy(
                    ScenarioCases.Case::rule,
                    Collectors.partitioningBy(each -> each.alerts().isEmpty())));

    assertThat(byRule.keySet()).containsAll(PublicDataWatches.RULES);
    byRule.forEach(
        (rule, cases) -> {
          assertThat(cases.get(false)).as("attacks of " + rule).isNotEmpty();
          assertThat(cases.get(true)).as("what " + rule + " lets pass").hasSizeGreaterThan(1);
        });
  }
}
