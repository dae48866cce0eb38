// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.compliance.score.Result.CONFORM;
import static org.citywall.compliance.score.Result.NONCONFORM;
import static org.citywall.compliance.score.Result.NOT_APPLICABLE;
import static org.citywall.compliance.score.Result.PARTIAL;
import static org.citywall.compliance.score.Result.UNTESTED;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.compliance.score.DjbhAssessment.Item;
import org.citywall.compliance.score.DjbhAssessment.MajorHazards;
import org.citywall.compliance.score.DjbhAssessment.Reading;
import org.citywall.compliance.score.DjbhAssessment.Side;
import org.citywall.compliance.score.DjbhAssessment.Weight;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DjbhScoreTest {

  private static final MathContext WIDE = new MathContext(60);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private int items;

  /** 90 technical and 110 management items, by hand 39.00 + 45.00; see the facts' own example. */
  private List<Item> workedExample() {
    List<Item> all = new ArrayList<>();
    add(all, 2, Side.TECHNICAL, Weight.KEY, NONCONFORM);
    add(all, 6, Side.TECHNICAL, Weight.IMPORTANT, PARTIAL);
    add(all, 5, Side.TECHNICAL, Weight.ORDINARY, NONCONFORM);
    add(all, 10, Side.TECHNICAL, Weight.ORDINARY, PARTIAL);
    add(all, 67, Side.TECHNICAL, Weight.IMPORTANT, CONFORM);
    add(all, 2, Side.MANAGEMENT, Weight.IMPORTANT, NONCONFORM);
    add(all, 12, Side.MANAGEMENT, Weight.ORDINARY, PARTIAL);
    add(all, 96, Side.MANAGEMENT, Weight.ORDINARY, CONFORM);
    return all;
  }

  @Test
  void givesTheWorkedExampleOf2021ToTheLastDigit() {
    Score score = score2021(assessment(workedExample(), List.of()));

    assertThat(score.score()).isEqualTo("84.00");
    assertThat(score.parts())
        .containsEntry("technical", new BigDecimal("39.00"))
        .containsEntry("management", new BigDecimal("45.00"))
        .containsEntry("items", 200);
    assertThat(score.conclusion()).isEqualTo("良");
    assertThat(score.rule()).isEqualTo("djbh-2021/1");
    assertThat(score.deductions()).hasSize(37);
    assertThat(score.deductions().getFirst().points()).isEqualTo("1.5000");
    assertThat(score.deductions().getFirst().why()).isEqualTo("3 x (1 - 0) x 100 / 200");
    assertThat(total(score.deductions())).isEqualByComparingTo("16");
  }

  @Test
  void isPoorWithOneHighRiskWhateverTheScore() {
    Risk risk = new Risk("L3-CES1-17", RiskGrade.HIGH, "TLS off");

    assertThat(score2021(assessment(workedExample(), List.of(risk))).conclusion()).isEqualTo("差");
  }

  @ParameterizedTest
  @CsvSource({
    "100, LOW, 优",
    "90, LOW, 优",
    "90, MEDIUM, 良",
    "88, LOW, 良",
    "80, MEDIUM, 良",
    "78, LOW, 中",
    "70, MEDIUM, 中",
    "68, LOW, 差",
    "100, HIGH, 差"
  })
  void concludes2021AtItsBounds(int wanted, RiskGrade grade, String conclusion) {
    List<Item> all = new ArrayList<>();
    add(all, 100 - wanted, Side.TECHNICAL, Weight.ORDINARY, NONCONFORM);
    add(all, wanted, Side.TECHNICAL, Weight.ORDINARY, CONFORM);

    Score score =
        score2021(
            new DjbhAssessment(
                null,
                3,
                BigDecimal.ONE,
                all,
                List.of(new Risk(null, grade, null)),
                new MajorHazards(0, 0),
                null));

    assertThat(score.score()).isEqualByComparingTo(BigDecimal.valueOf(wanted));
    assertThat(score.conclusion()).isEqualTo(conclusion);
  }

  @Test
  void countsAnItemOfSeveralObjectsAsHalfUnlessAllAgree() {
    List<Item> all = new ArrayList<>();
    add(all, 1, Side.TECHNICAL, Weight.ORDINARY, CONFORM, NONCONFORM, NONCONFORM, NOT_APPLICABLE);
    add(all, 1, Side.TECHNICAL, Weight.ORDINARY, NONCONFORM, NONCONFORM);
    add(all, 1, Side.TECHNICAL, Weight.ORDINARY, CONFORM, NOT_APPLICABLE);
    add(all, 1, Side.MANAGEMENT, Weight.ORDINARY, NOT_APPLICABLE);
    add(all, 1, Side.MANAGEMENT, Weight.ORDINARY, CONFORM);

    Score score = score2021(assessment(all, List.of()));

    assertThat(score.parts()).containsEntry("items", 4);
    assertThat(score.parts()).containsEntry("technical", new BigDecimal("12.50"));
    assertThat(score.score()).isEqualTo("62.50");
  }

  @Test
  void scoresAControlPointByTheMeanOfItsObjects() {
    Item both =
        new Item("L3-CES1-01", Side.TECHNICAL, Weight.KEY, "身份鉴别", List.of(CONFORM, NONCONFORM));
    Item other = new Item("L3-CES1-02", Side.TECHNICAL, Weight.ORDINARY, "身份鉴别", List.of(CONFORM));

    // (0.5 x 3 + 1 x 1) / 4 x 10
    assertThat(score2021(assessment(List.of(both, other), List.of())).parts().get("controlPoints"))
        .isEqualTo(java.util.Map.of("身份鉴别", new BigDecimal("6.25")));
  }

  @Test
  void staysOpenWhileSomethingIsNotSettled() {
    List<Item> all = new ArrayList<>();
    add(all, 99, Side.TECHNICAL, Weight.ORDINARY, CONFORM);
    add(all, 1, Side.MANAGEMENT, Weight.ORDINARY, UNTESTED);

    for (Score score :
        List.of(score2021(assessment(all, List.of())), score2025(assessment(all, List.of())))) {
      assertThat(score.conclusion()).isEqualTo(Score.OPEN);
      assertThat(score.score()).isEqualTo("99.00");
      assertThat(score.unsettled()).hasSize(1);
    }
  }

  @Test
  void leavesToAPersonWhatHasNoApplicableItem() {
    List<Item> all = new ArrayList<>();
    add(all, 3, Side.TECHNICAL, Weight.KEY, NOT_APPLICABLE);

    for (Score score :
        List.of(score2021(assessment(all, List.of())), score2025(assessment(all, List.of())))) {
      assertThat(score.score()).isNull();
      assertThat(score.conclusion()).isEqualTo(Score.BY_PERSON);
    }
  }

  @Test
  void tellsBothReadingsOf2025ForTheWorkedExample() {
    Score score = score2025(assessment(workedExample(), List.of()));

    assertThat(score.score()).isEqualTo("81.50");
    assertThat(score.parts())
        .containsEntry("rateStrict", new BigDecimal("81.50"))
        .containsEntry("rateHalf", new BigDecimal("88.50"))
        .containsEntry("conform", 163L)
        .containsEntry("majorHazards", "0");
    assertThat(score.conclusion()).isEqualTo("基本符合");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 符合",
    "91, 0, 符合",
    "90, 0, 基本符合",
    "91, 1, 基本符合",
    "61, 9, 基本符合",
    "60, 0, 不符合",
    "59, 0, 不符合",
    "59, 1, 不符合"
  })
  void concludes2025AtItsBounds(int conforming, int hazards, String conclusion) {
    List<Item> all = new ArrayList<>();
    add(all, conforming, Side.TECHNICAL, Weight.KEY, CONFORM);
    add(all, 100 - conforming, Side.MANAGEMENT, Weight.KEY, PARTIAL);

    Score score =
        score2025(
            new DjbhAssessment(
                null, 3, HALF, all, List.of(), new MajorHazards(hazards, 0), Reading.STRICT));

    assertThat(score.conclusion()).isEqualTo(conclusion);
  }

  @Test
  void printsMajorHazardsAsTheCoverDoes() {
    List<Item> all = new ArrayList<>();
    add(all, 1, Side.TECHNICAL, Weight.KEY, CONFORM);

    Score score =
        score2025(new DjbhAssessment(null, 3, HALF, all, List.of(), new MajorHazards(10, 5), null));

    assertThat(score.parts()).containsEntry("majorHazards", "10（5个已整改）");
  }

  @RandomizedTest(iterations = 7_000)
  void agreesWithAStraightLineCalculation(RandomGenerator random) {
    DjbhAssessment assessment = randomAssessment(random);

    assertThat(score2021(assessment).score()).isEqualTo(straight2021(assessment));
    assertThat(score2025(assessment).score()).isEqualTo(straight2025(assessment));
  }

  @RandomizedTest(iterations = 1_000)
  void isBoundedMonotoneAndFreeOfOrder(RandomGenerator random) {
    DjbhAssessment assessment = randomAssessment(random);
    List<Item> shuffled = new ArrayList<>(assessment.items());
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    List<Item> better = new ArrayList<>(assessment.items());
    int at = random.nextInt(better.size());
    better.set(at, improved(better.get(at), random));

    for (RuleName rule : List.of(RuleName.DJBH_2021, RuleName.DJBH_2025)) {
      Score score = score(rule, assessment);
      if (score.score() != null) {
        assertThat(score.score()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
        assertThat(score(rule, with(assessment, better)).score())
            .isGreaterThanOrEqualTo(score.score());
      }
      assertThat(score(rule, with(assessment, shuffled))).isEqualTo(score);
    }
  }

  @RandomizedTest(iterations = 500)
  void anItemThatDoesNotApplyChangesNothing(RandomGenerator random) {
    DjbhAssessment assessment = randomAssessment(random);
    List<Item> more = new ArrayList<>(assessment.items());
    add(more, 1, Side.TECHNICAL, Weight.KEY, NOT_APPLICABLE);

    assertThat(score2021(with(assessment, more))).isEqualTo(score2021(assessment));
    assertThat(score2025(with(assessment, more))).isEqualTo(score2025(assessment));
  }

  private static Item improved(Item item, RandomGenerator random) {
    List<Result> results = new ArrayList<>(item.results());
    int at = random.nextInt(results.size());
    switch (results.get(at)) {
      case NONCONFORM, UNTESTED, ERROR, EVIDENCE_EXPIRED ->
          results.set(at, random.nextBoolean() ? PARTIAL : CONFORM);
      case PARTIAL -> results.set(at, CONFORM);
      case CONFORM, NOT_APPLICABLE -> {}
    }
    return new Item(item.id(), item.side(), item.weight(), item.controlPoint(), results);
  }

  private DjbhAssessment randomAssessment(RandomGenerator random) {
    List<Item> all = new ArrayList<>();
    int count = random.nextInt(1, 60);
    for (int i = 0; i < count; i++) {
      Result[] results = new Result[random.nextInt(1, 4)];
      Arrays.setAll(results, n -> Result.values()[random.nextInt(Result.values().length)]);
      add(all, 1, Side.values()[random.nextInt(2)], Weight.values()[random.nextInt(3)], results);
    }
    int found = random.nextInt(3);
    return new DjbhAssessment(
        null,
        3,
        BigDecimal.valueOf(random.nextInt(101), 2),
        all,
        List.of(),
        new MajorHazards(found, random.nextInt(found + 1)),
        random.nextBoolean() ? Reading.HALF : Reading.STRICT);
  }

  /** The formula of 2021 as it is written, without the rule's code. */
  private static @Nullable BigDecimal straight2021(DjbhAssessment assessment) {
    int n = 0;
    for (Item item : assessment.items()) {
      n += degree(item) == null ? 0 : 1;
    }
    if (n == 0) {
      return null;
    }
    BigDecimal s = BigDecimal.valueOf(100).divide(BigDecimal.valueOf(n), WIDE);
    BigDecimal sum = BigDecimal.ZERO;
    for (Side side : Side.values()) {
      BigDecimal share =
          side == Side.TECHNICAL
              ? assessment.attention()
              : BigDecimal.ONE.subtract(assessment.attention());
      BigDecimal v = BigDecimal.valueOf(100).multiply(share);
      for (Item item : assessment.items()) {
        BigDecimal x = degree(item);
        if (item.side() == side && x != null) {
          int f = item.weight() == Weight.KEY ? 3 : item.weight() == Weight.IMPORTANT ? 2 : 1;
          v = v.subtract(s.multiply(BigDecimal.ONE.subtract(x)).multiply(BigDecimal.valueOf(f)));
        }
      }
      sum = sum.add(v.max(BigDecimal.ZERO));
    }
    // what sixty digits of s lost
    return sum.round(new MathContext(40)).setScale(2, RoundingMode.HALF_UP);
  }

  private static @Nullable BigDecimal straight2025(DjbhAssessment assessment) {
    BigDecimal conforming = BigDecimal.ZERO;
    int n = 0;
    for (Item item : assessment.items()) {
      BigDecimal x = degree(item);
      if (x != null) {
        n++;
        boolean counts = assessment.reading() == Reading.HALF || x.compareTo(BigDecimal.ONE) == 0;
        conforming = counts ? conforming.add(x) : conforming;
      }
    }
    return n == 0
        ? null
        : conforming
            .multiply(BigDecimal.valueOf(100))
            .divide(BigDecimal.valueOf(n), 2, RoundingMode.HALF_UP);
  }

  private static @Nullable BigDecimal degree(Item item) {
    int good = 0;
    int bad = 0;
    int between = 0;
    for (Result result : item.results()) {
      if (result == CONFORM) {
        good++;
      } else if (result == PARTIAL) {
        between++;
      } else if (result != NOT_APPLICABLE) {
        bad++;
      }
    }
    if (good + bad + between == 0) {
      return null;
    }
    if (bad + between == 0) {
      return BigDecimal.ONE;
    }
    return good + between == 0 ? BigDecimal.ZERO : HALF;
  }

  private void add(List<Item> all, int count, Side side, Weight weight, Result... results) {
    for (int i = 0; i < count; i++) {
      all.add(new Item("T" + items++, side, weight, null, List.of(results)));
    }
  }

  private static DjbhAssessment assessment(List<Item> items, List<Risk> risks) {
    return new DjbhAssessment(null, 3, HALF, items, risks, new MajorHazards(0, 0), null);
  }

  private static DjbhAssessment with(DjbhAssessment like, List<Item> items) {
    return new DjbhAssessment(
        null, 3, like.attention(), items, like.risks(), like.majorHazards(), like.reading());
  }

  private static BigDecimal total(List<Score.Deduction> deductions) {
    return deductions.stream()
        .map(Score.Deduction::points)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Score score2021(DjbhAssessment assessment) {
    return score(RuleName.DJBH_2021, assessment);
  }

  private static Score score2025(DjbhAssessment assessment) {
    return score(RuleName.DJBH_2025, assessment);
  }

  private static Score score(RuleName rule, DjbhAssessment assessment) {
    return Scoring.builtIn(rule).score(assessment);
  }
}
