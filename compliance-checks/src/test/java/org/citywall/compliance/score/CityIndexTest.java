// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.compliance.score.IndexAssessment.Dimension;
import org.citywall.compliance.score.IndexAssessment.Indicator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CityIndexTest {

  private static final List<String> SEVEN =
      List.of(
          "classification", "access", "sharing", "audit", "supervision", "response", "training");
  private static final Scoring RULE = Scoring.builtIn(RuleName.INDEX);

  @Test
  void weighsSevenDimensionsAlike() {
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < SEVEN.size(); i++) {
      dimensions.add(
          new Dimension(SEVEN.get(i), List.of(value("a", 1, 70 + i), value("b", 3, 90 + i))));
    }

    Score score = RULE.score(new IndexAssessment(null, null, dimensions));

    // each (1 x (70 + i) + 3 x (90 + i)) / 4 = 85 + i; mean 88
    assertThat(score.score()).isEqualTo("88.00");
    assertThat(score.conclusion()).isEqualTo("良");
    assertThat(score.parts()).containsEntry("classification", new BigDecimal("85.00"));
    assertThat(score.deductions()).hasSize(14);
    assertThat(score.deductions().getFirst().item()).isEqualTo("classification/a");
    assertThat(
            score.deductions().stream()
                .map(Score.Deduction::points)
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isCloseTo(
            new BigDecimal(12), org.assertj.core.data.Offset.offset(new BigDecimal("0.001")));
  }

  @Test
  void leavesOutADimensionInWhichNothingApplies() {
    List<Dimension> dimensions = allAt(80);
    dimensions.set(6, new Dimension("training", List.of(result("a", Result.NOT_APPLICABLE))));

    Score score = RULE.score(new IndexAssessment(null, null, dimensions));

    assertThat(score.score()).isEqualTo("80.00");
    assertThat(score.parts()).hasSize(6);
  }

  @Test
  void staysOpenWithoutADimensionOrWithAnIndicatorNobodyMeasured() {
    List<Dimension> dimensions = allAt(70);
    dimensions.set(0, new Dimension("classification", List.of(result("a", Result.UNTESTED))));
    dimensions.removeLast();

    Score score = RULE.score(new IndexAssessment(null, null, dimensions));

    assertThat(score.score()).isEqualTo("50.00");
    assertThat(score.conclusion()).isEqualTo(Score.OPEN);
    assertThat(score.unsettled()).containsExactly("classification/a", "training");
  }

  @Test
  void refusesADimensionItDoesNotKnow() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                RULE.score(
                    new IndexAssessment(
                        null, null, List.of(new Dimension("x", List.of(value("a", 1, 1)))))))
        .withMessageStartingWith("CMP-0001 x: is no dimension");
  }

  @RandomizedTest(iterations = 2_000)
  void agreesWithAStraightLineCalculationAndIsFreeOfOrder(RandomGenerator random) {
    List<Dimension> dimensions = new ArrayList<>();
    for (String id : SEVEN) {
      if (random.nextInt(10) > 0) {
        List<Indicator> indicators = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
          indicators.add(
              random.nextInt(5) == 0
                  ? result("i" + i, random.nextBoolean() ? Result.ERROR : Result.NOT_APPLICABLE)
                  : value("i" + i, random.nextInt(1, 5), random.nextInt(101)));
        }
        dimensions.add(new Dimension(id, indicators));
      }
    }
    List<Dimension> shuffled = new ArrayList<>(dimensions);
    Collections.shuffle(shuffled, new Random(random.nextLong()));

    Score score = RULE.score(new IndexAssessment(null, null, dimensions));

    assertThat(score.score()).isEqualTo(straight(dimensions));
    assertThat(RULE.score(new IndexAssessment(null, null, shuffled))).isEqualTo(score);
  }

  private static @Nullable BigDecimal straight(List<Dimension> dimensions) {
    BigDecimal sum = BigDecimal.ZERO;
    int count = 0;
    for (String id : SEVEN) {
      BigDecimal reached = BigDecimal.ZERO;
      BigDecimal weights = BigDecimal.ZERO;
      boolean missing = true;
      for (Dimension dimension : dimensions) {
        if (dimension.id().equals(id)) {
          missing = false;
          for (Indicator indicator : dimension.indicators()) {
            if (indicator.result() != Result.NOT_APPLICABLE) {
              weights = weights.add(indicator.weight());
              if (indicator.value() != null) {
                reached = reached.add(indicator.weight().multiply(indicator.value()));
              }
            }
          }
        }
      }
      if (missing || weights.signum() > 0) {
        count++;
        sum = missing ? sum : sum.add(reached.divide(weights, 40, RoundingMode.HALF_UP));
      }
    }
    return count == 0
        ? null
        : sum.divide(BigDecimal.valueOf(count), 30, RoundingMode.HALF_UP)
            .setScale(2, RoundingMode.HALF_UP);
  }

  private static List<Dimension> allAt(int value) {
    List<Dimension> dimensions = new ArrayList<>();
    SEVEN.forEach(id -> dimensions.add(new Dimension(id, List.of(value("a", 1, value)))));
    return dimensions;
  }

  private static Indicator value(String id, int weight, int value) {
    return new Indicator(id, null, BigDecimal.valueOf(weight), BigDecimal.valueOf(value), null);
  }

  private static Indicator result(String id, Result result) {
    return new Indicator(id, null, BigDecimal.ONE, null, result);
  }
}
