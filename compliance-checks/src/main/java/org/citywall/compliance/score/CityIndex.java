// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.citywall.compliance.score.IndexAssessment.Indicator;
import org.jspecify.annotations.Nullable;

/**
 * The city's index: weighted mean of the dimensions, each the weighted mean of its indicators. A
 * dimension in which nothing applies leaves the base.
 *
 * @param rule name and version
 * @param dimensions with their weights
 * @param grades from best to worst
 * @param otherwise grade below all of them
 * @param toBeConfirmed see {@link Score}
 * @param toBeConfirmedZh the same in Chinese, in the same order; null where the rule has none
 */
record CityIndex(
    String rule,
    List<DimensionRule> dimensions,
    List<Grade> grades,
    String otherwise,
    List<String> toBeConfirmed,
    @Nullable List<String> toBeConfirmedZh)
    implements ScoringRule<IndexAssessment> {

  /** A dimension, its name and its weight. */
  record DimensionRule(String id, String name, BigDecimal weight) {}

  /** A grade from this score on. */
  record Grade(String name, BigDecimal atLeast) {}

  /** A dimension with what applies in it. */
  private record Valued(DimensionRule dimension, List<Indicator> indicators) {

    BigDecimal weights() {
      return indicators.stream().map(Indicator::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Fraction value() {
      BigDecimal reached =
          indicators.stream()
              .map(indicator -> indicator.weight().multiply(indicator.reached()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      return indicators.isEmpty() ? Fraction.ZERO : new Fraction(reached, weights());
    }
  }

  CityIndex {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(otherwise, "otherwise");
    dimensions = List.copyOf(Objects.requireNonNull(dimensions, "dimensions"));
    grades = List.copyOf(Objects.requireNonNull(grades, "grades"));
    toBeConfirmed = List.copyOf(Objects.requireNonNull(toBeConfirmed, "toBeConfirmed"));
    toBeConfirmedZh = ScoringRule.inChinese(toBeConfirmedZh, toBeConfirmed);
    dimensions.forEach(
        dimension -> {
          if (dimension.weight().signum() <= 0) {
            throw new IllegalArgumentException(dimension.id() + ": weight must be above 0");
          }
        });
  }

  @Override
  public Class<IndexAssessment> input() {
    return IndexAssessment.class;
  }

  @Override
  public Score score(IndexAssessment assessment) {
    List<String> unsettled = new ArrayList<>();
    List<Valued> valued = valued(assessment, unsettled);
    if (valued.isEmpty()) {
      return new Score(null, Score.BY_PERSON, Map.of(), rule, List.of(), List.of(), toBeConfirmed);
    }
    BigDecimal weights =
        valued.stream().map(v -> v.dimension().weight()).reduce(BigDecimal.ZERO, BigDecimal::add);
    Map<String, Object> parts = new LinkedHashMap<>();
    Fraction total = Fraction.ZERO;
    for (Valued each : valued) {
      parts.put(each.dimension().id(), each.value().rounded(2));
      total = total.plus(each.value().times(Fraction.of(each.dimension().weight())).over(weights));
    }
    unsettled.sort(Comparator.naturalOrder());
    return new Score(
        total.rounded(2),
        unsettled.isEmpty() ? grade(total.rounded(2)) : Score.OPEN,
        parts,
        rule,
        deductions(valued, weights),
        unsettled,
        toBeConfirmed);
  }

  private List<Valued> valued(IndexAssessment assessment, List<String> unsettled) {
    Map<String, IndexAssessment.Dimension> given = new HashMap<>();
    assessment.dimensions().forEach(dimension -> given.put(dimension.id(), dimension));
    List<Valued> valued = new ArrayList<>();
    for (DimensionRule dimension : dimensions) {
      IndexAssessment.Dimension assessed = given.remove(dimension.id());
      if (assessed == null) {
        unsettled.add(dimension.id());
        valued.add(new Valued(dimension, List.of()));
        continue;
      }
      List<Indicator> applicable =
          assessed.indicators().stream().filter(Indicator::applicable).toList();
      applicable.stream()
          .filter(Indicator::unsettled)
          .forEach(indicator -> unsettled.add(dimension.id() + "/" + indicator.id()));
      if (!applicable.isEmpty()) {
        valued.add(new Valued(dimension, applicable));
      }
    }
    given.keySet().forEach(id -> Invalid.unless(false, id, "is no dimension of " + rule));
    return valued;
  }

  private static List<Score.Deduction> deductions(List<Valued> valued, BigDecimal weights) {
    List<Score.Deduction> all = new ArrayList<>();
    for (Valued each : valued) {
      Fraction worth = new Fraction(each.dimension().weight(), weights);
      if (each.indicators().isEmpty()) {
        all.add(
            new Score.Deduction(
                each.dimension().id(), worth.times(Fraction.of(100)).rounded(4), "untested"));
      }
      for (Indicator indicator : each.indicators()) {
        BigDecimal missing = BigDecimal.valueOf(100).subtract(indicator.reached());
        if (missing.signum() > 0) {
          all.add(
              new Score.Deduction(
                  each.dimension().id() + "/" + indicator.id(),
                  worth
                      .times(Fraction.of(indicator.weight().multiply(missing)))
                      .over(each.weights())
                      .rounded(4),
                  String.format(
                      Locale.ROOT,
                      "%s / %s x %s / %s x (100 - %s)",
                      each.dimension().weight().toPlainString(),
                      weights.toPlainString(),
                      indicator.weight().toPlainString(),
                      each.weights().toPlainString(),
                      indicator.reached().toPlainString())));
        }
      }
    }
    all.sort(
        Comparator.comparing(Score.Deduction::points)
            .reversed()
            .thenComparing(Score.Deduction::item));
    return all;
  }

  private String grade(BigDecimal printed) {
    return grades.stream()
        .filter(grade -> printed.compareTo(grade.atLeast()) >= 0)
        .map(Grade::name)
        .findFirst()
        .orElse(otherwise);
  }
}
