// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citywall.compliance.score.DjbhAssessment.Item;
import org.citywall.compliance.score.DjbhAssessment.Side;
import org.citywall.compliance.score.DjbhAssessment.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Deduction score of the 2021 report template: {@code M = Vt + Vm} with {@code Vt = max(0, 100 y -
 * sum(f (1 - x) S))} over the technical items, {@code Vm} likewise with {@code 1 - y} over the
 * management items, {@code S = 100 / n} and n all applicable items.
 *
 * @param rule name and version
 * @param factors f by importance
 * @param conclusions from best to worst; the first that holds is told
 * @param otherwise conclusion where none holds
 * @param toBeConfirmed see {@link Score}
 * @param toBeConfirmedZh the same in Chinese, in the same order; null where the rule has none
 */
record Djbh2021(
    String rule,
    Factors factors,
    List<Conclusion> conclusions,
    String otherwise,
    List<String> toBeConfirmed,
    @Nullable List<String> toBeConfirmedZh)
    implements ScoringRule<DjbhAssessment> {

  /** Base points by importance. */
  record Factors(BigDecimal key, BigDecimal important, BigDecimal ordinary) {

    Factors {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(important, "important");
      Objects.requireNonNull(ordinary, "ordinary");
    }

    BigDecimal of(Weight weight) {
      return switch (weight) {
        case KEY -> key;
        case IMPORTANT -> important;
        case ORDINARY -> ordinary;
      };
    }
  }

  /** What a control point reached, weighted, and the weights of its items. */
  private record Reached(Fraction sum, BigDecimal weights) {

    Reached plus(Reached other) {
      return new Reached(sum.plus(other.sum), weights.add(other.weights));
    }

    BigDecimal outOfTen() {
      return sum.times(Fraction.of(10)).over(weights).rounded(2);
    }
  }

  /**
   * A conclusion and its conditions.
   *
   * @param without no risk of this grade or above may remain
   */
  record Conclusion(String name, BigDecimal atLeast, @Nullable RiskGrade without) {

    Conclusion {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(atLeast, "atLeast");
    }
  }

  Djbh2021 {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(factors, "factors");
    Objects.requireNonNull(otherwise, "otherwise");
    conclusions = List.copyOf(Objects.requireNonNull(conclusions, "conclusions"));
    toBeConfirmed = List.copyOf(Objects.requireNonNull(toBeConfirmed, "toBeConfirmed"));
    toBeConfirmedZh = ScoringRule.inChinese(toBeConfirmedZh, toBeConfirmed);
  }

  @Override
  public Class<DjbhAssessment> input() {
    return DjbhAssessment.class;
  }

  @Override
  public Score score(DjbhAssessment assessment) {
    List<Item> items = assessment.items().stream().filter(Item::applicable).toList();
    if (items.isEmpty()) {
      return new Score(null, Score.BY_PERSON, Map.of(), rule, List.of(), List.of(), toBeConfirmed);
    }
    BigDecimal share = assessment.attention();
    Fraction technical = side(items, Side.TECHNICAL, share);
    Fraction management = side(items, Side.MANAGEMENT, BigDecimal.ONE.subtract(share));
    Fraction total = technical.plus(management);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("technical", technical.rounded(2));
    parts.put("management", management.rounded(2));
    parts.put("items", items.size());
    Map<String, BigDecimal> points = controlPoints(items);
    if (!points.isEmpty()) {
      parts.put("controlPoints", points);
    }
    List<String> unsettled = items.stream().filter(Item::unsettled).map(Item::id).sorted().toList();
    return new Score(
        total.rounded(2),
        unsettled.isEmpty() ? conclusion(assessment, total.rounded(2)) : Score.OPEN,
        parts,
        rule,
        deductions(items),
        unsettled,
        toBeConfirmed);
  }

  private Fraction side(List<Item> items, Side side, BigDecimal share) {
    Fraction lost =
        items.stream()
            .filter(item -> item.side() == side)
            .map(item -> lost(item, items.size()))
            .reduce(Fraction.ZERO, Fraction::plus);
    Fraction left = Fraction.of(share.movePointRight(2)).minus(lost);
    return left.compareTo(Fraction.ZERO) > 0 ? left : Fraction.ZERO;
  }

  /** {@code f (1 - x) 100 / n}. */
  private Fraction lost(Item item, int count) {
    BigDecimal factor = factors.of(item.weight());
    return new Fraction(
        factor.multiply(BigDecimal.valueOf(50L * (2 - item.halves()))), BigDecimal.valueOf(count));
  }

  private List<Score.Deduction> deductions(List<Item> items) {
    List<Score.Deduction> all = new ArrayList<>();
    for (Item item : items) {
      if (item.halves() < 2) {
        all.add(
            new Score.Deduction(
                item.id(),
                lost(item, items.size()).rounded(4),
                String.format(
                    Locale.ROOT,
                    "%s x (1 - %s) x 100 / %d",
                    factors.of(item.weight()).toPlainString(),
                    item.halves() == 1 ? "0.5" : "0",
                    items.size())));
      }
    }
    all.sort(
        Comparator.comparing(Score.Deduction::points)
            .reversed()
            .thenComparing(Score.Deduction::item));
    return all;
  }

  /** Of 10: weighted mean over the items of a point, each the mean over its objects. */
  private Map<String, BigDecimal> controlPoints(List<Item> items) {
    Map<String, Reached> reached = new TreeMap<>();
    for (Item item : items) {
      String point = item.controlPoint();
      if (point != null) {
        BigDecimal factor = factors.of(item.weight());
        reached.merge(
            point, new Reached(mean(item).times(Fraction.of(factor)), factor), Reached::plus);
      }
    }
    Map<String, BigDecimal> points = new LinkedHashMap<>();
    reached.forEach((point, sum) -> points.put(point, sum.outOfTen()));
    return points;
  }

  private static Fraction mean(Item item) {
    List<Result> applicable = item.results().stream().filter(Result::applicable).toList();
    return Fraction.of(applicable.stream().mapToLong(Result::halves).sum(), 2L * applicable.size());
  }

  /** By the score as it is printed. */
  private String conclusion(DjbhAssessment assessment, BigDecimal printed) {
    return conclusions.stream()
        .filter(c -> printed.compareTo(c.atLeast()) >= 0)
        .filter(c -> c.without() == null || !Risk.remains(assessment.risks(), c.without()))
        .map(Conclusion::name)
        .findFirst()
        .orElse(otherwise);
  }
}
