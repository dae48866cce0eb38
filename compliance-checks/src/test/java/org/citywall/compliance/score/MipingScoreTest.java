// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.compliance.score.Result.CONFORM;
import static org.citywall.compliance.score.Result.NONCONFORM;
import static org.citywall.compliance.score.Result.NOT_APPLICABLE;
import static org.citywall.compliance.score.Result.PARTIAL;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.assertj.core.api.Assertions;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.compliance.score.MipingAssessment.CryptoObject;
import org.citywall.compliance.score.MipingAssessment.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MipingScoreTest {

  private static final Scoring RULE_2023 = Scoring.builtIn(RuleName.MIPING_2023);
  private static final Scoring RULE_2021 = Scoring.builtIn(RuleName.MIPING_2021);

  /** Layers, their weights, and clause=weight of level 3: typed again, not read from the rule. */
  private static final Map<String, Map<String, String>> LEVEL_3 = new LinkedHashMap<>();

  static {
    put("物理和环境 10", "6.1.1=1 6.1.2=0.7 6.1.3=0.7");
    put("网络和通信 20", "6.2.1=1 6.2.2=0.7 6.2.3=1 6.2.4=0.4 6.2.5=0.4");
    put("设备和计算 10", "6.3.1=1 6.3.2=1 6.3.3=0.4 6.3.4=0.4 6.3.5=0.4 6.3.6=0.7");
    put("应用和数据 30", "6.4.1=1 6.4.2=0.4 6.4.3=0.4 6.4.4=1 6.4.5=1 6.4.6=0.7 6.4.7=0.7 6.4.8=1");
    put("管理制度 8", "7.1.1=1 7.1.2=0.7 7.1.3=0.7 7.1.4=0.7 7.1.5=0.7 7.1.6=0.7");
    put("人员管理 8", "7.2.1=0.7 7.2.2=1 7.2.3=0.7 7.2.4=0.7 7.2.5=0.7");
    put("建设运行 8", "7.3.1=1 7.3.2=1 7.3.3=0.7 7.3.4=1 7.3.5=0.7");
    put("应急处置 6", "7.4.1=1 7.4.2=0.7 7.4.3=0.7");
  }

  private static void put(String layer, String units) {
    Map<String, String> weights = new LinkedHashMap<>();
    for (String unit : units.split(" ")) {
      weights.put(unit.substring(0, unit.indexOf('=')), unit.substring(unit.indexOf('=') + 1));
    }
    LEVEL_3.put(layer, weights);
  }

  private static final CryptoObject GOOD = object(true, true, true, 128, 0, null);
  private static final CryptoObject NONE = object(false, false, false, null, 0, null);

  /** The facts' own example, level 3. */
  private static MipingAssessment workedExample() {
    Map<String, Unit> units = allGood();
    technical(units, "6.1.1", NONE);
    technical(units, "6.1.2", NONE);
    CryptoObject legacy = object(true, false, true, 80, 0, null);
    technical(units, "6.2.1", GOOD, legacy);
    technical(units, "6.2.2", GOOD);
    technical(units, "6.2.5", object(NOT_APPLICABLE));
    technical(units, "6.3.1", object(true, true, false, 128, 1, null), GOOD);
    technical(units, "6.3.4", object(NOT_APPLICABLE));
    technical(units, "6.3.5", NONE);
    technical(units, "6.3.6", NONE);
    technical(units, "6.4.5", GOOD, NONE, legacy);
    technical(units, "6.4.7", NONE);
    technical(units, "6.4.8", NONE);
    technical(units, "6.4.3", object(NOT_APPLICABLE));
    management(units, "7.1.2", PARTIAL);
    management(units, "7.2.3", NONCONFORM);
    management(units, "7.3.3", PARTIAL);
    management(units, "7.4.2", PARTIAL);
    return new MipingAssessment(null, 3, List.copyOf(units.values()), List.of());
  }

  @Test
  void givesTheWorkedExampleOf2023ToTheLastDigit() {
    Score score = RULE_2023.score(workedExample());

    assertThat(score.parts())
        .containsEntry("物理和环境", new BigDecimal("0.2917"))
        .containsEntry("网络和通信", new BigDecimal("0.8790"))
        .containsEntry("设备和计算", new BigDecimal("0.6286"))
        .containsEntry("应用和数据", new BigDecimal("0.6063"))
        .containsEntry("管理制度", new BigDecimal("0.9222"))
        .containsEntry("人员管理", new BigDecimal("0.8158"))
        .containsEntry("建设运行", new BigDecimal("0.9205"))
        .containsEntry("应急处置", new BigDecimal("0.8542"))
        .containsEntry("technical", new BigDecimal("44.9720"))
        .containsEntry("management", new BigDecimal("26.3932"));
    assertThat(score.score()).isEqualTo("71.37");
    assertThat(score.conclusion()).isEqualTo("基本符合");
    assertThat(score.unsettled()).isEmpty();
  }

  @Test
  void doesNotConformWithAHighRisk() {
    MipingAssessment safe = workedExample();

    Score score =
        RULE_2023.score(
            new MipingAssessment(
                null, 3, safe.units(), List.of(new Risk("6.4.5", RiskGrade.HIGH, null))));

    assertThat(score.score()).isEqualTo("71.37");
    assertThat(score.conclusion()).isEqualTo("不符合");
  }

  @Test
  void conformsOnlyWhereNothingIsDeducted() {
    Score score =
        RULE_2023.score(new MipingAssessment(null, 3, List.copyOf(allGood().values()), List.of()));

    assertThat(score.score()).isEqualTo("100.00");
    assertThat(score.conclusion()).isEqualTo("符合");
    assertThat(score.deductions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // D, A, K, bits, module, value of 6.1.1 at level 3 by 2023 and by 2021
    "true, true, true, 128, 0, 1.0000, 1.0000",
    "true, false, true, 112, 0, 0.5000, 0.5000",
    "true, false, true, 111, 0, 0.2500, 0.5000",
    "true, false, true, 80, 0, 0.2500, 0.5000",
    "true, false, true, 79, 0, 0.1000, 0.5000",
    "true, true, false, 128, 0, 0.5000, 0.5000",
    "true, true, false, 128, 1, 0.6000, 0.5000",
    "true, false, false, 128, 1, 0.3000, 0.2500",
    "true, false, false, 80, 1, 0.1500, 0.2500",
    "false, true, true, 128, 3, 0.0000, 0.0000"
  })
  void valuesAnObjectByDAndAAndK(
      boolean d, boolean a, boolean k, int bits, int module, String by2023, String by2021) {
    CryptoObject object = object(d, a, k, bits, module, null);

    assertThat(physicalIdentity(RULE_2023, 3, object)).isEqualTo(by2023);
    assertThat(physicalIdentity(RULE_2021, 3, object)).isEqualTo(by2021);
  }

  @Test
  void reliesOnTheModuleMoreAtLevelFour() {
    CryptoObject object = object(true, true, false, 128, 2, null);

    assertThat(physicalIdentity(RULE_2023, 4, object)).isEqualTo("0.7500");
  }

  @Test
  void takesTheBetterOfTheObjectAndHalfOfWhatCompensates() {
    assertThat(physicalIdentity(RULE_2023, 3, object(false, false, false, null, 0, "0.8")))
        .isEqualTo("0.4000");
    assertThat(physicalIdentity(RULE_2023, 3, object(true, true, false, 128, 0, "0.8")))
        .isEqualTo("0.5000");
  }

  @Test
  void sharesAllLayersAlikeIn2021() {
    Map<String, Unit> units = allGood();
    LEVEL_3.get("应急处置 6").keySet().forEach(clause -> management(units, clause, NONCONFORM));

    MipingAssessment assessment =
        new MipingAssessment(null, 3, List.copyOf(units.values()), List.of());

    assertThat(RULE_2021.score(assessment).score()).isEqualTo("94.00");
    assertThat(RULE_2023.score(assessment).score()).isEqualTo("94.00");
    LEVEL_3
        .get("设备和计算 10")
        .keySet()
        .forEach(clause -> technical(units, clause, object(NOT_APPLICABLE)));
    MipingAssessment without =
        new MipingAssessment(null, 3, List.copyOf(units.values()), List.of());
    assertThat(RULE_2021.score(without).score()).isEqualTo("93.33"); // 84 of 90
    assertThat(RULE_2023.score(without).score()).isEqualTo("94.00"); // 70 + 24
  }

  @Test
  void leavesToAPersonASystemWithoutOneOfTheGroups() {
    Map<String, Unit> units = allGood();
    units.replaceAll(
        (clause, unit) ->
            clause.startsWith("7.")
                ? new Unit(clause, null, List.of(), List.of(NOT_APPLICABLE))
                : unit);

    Score score =
        RULE_2023.score(new MipingAssessment(null, 3, List.copyOf(units.values()), List.of()));

    assertThat(score.score()).isNull();
    assertThat(score.conclusion()).isEqualTo(Score.BY_PERSON);
  }

  @Test
  void staysOpenWhileAUnitIsMissingOrNotSettled() {
    Map<String, Unit> units = allGood();
    units.remove("6.1.1");
    technical(units, "6.2.1", GOOD, object(Result.ERROR));

    Score score =
        RULE_2023.score(new MipingAssessment(null, 3, List.copyOf(units.values()), List.of()));

    assertThat(score.conclusion()).isEqualTo(Score.OPEN);
    assertThat(score.unsettled()).containsExactly("6.1.1", "6.2.1");
    assertThat(score.parts()).containsEntry("物理和环境", new BigDecimal("0.5833"));
  }

  @Test
  void refusesAUnitThatTheLevelDoesNotAsk() {
    Map<String, Unit> units = allGood();

    Assertions.assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                RULE_2023.score(
                    new MipingAssessment(null, 1, List.copyOf(units.values()), List.of())))
        .withMessageContaining("CMP-0001")
        .withMessageContaining("is not asked at level 1");
  }

  @RandomizedTest(iterations = 4_000)
  void agreesWithAStraightLineCalculation(RandomGenerator random) {
    MipingAssessment assessment = randomAssessment(random);

    assertThat(RULE_2023.score(assessment).score()).isEqualTo(straight(assessment, true));
    assertThat(RULE_2021.score(assessment).score()).isEqualTo(straight(assessment, false));
  }

  @RandomizedTest(iterations = 500)
  void isBoundedMonotoneAndFreeOfOrder(RandomGenerator random) {
    MipingAssessment assessment = randomAssessment(random);
    List<Unit> shuffled = new ArrayList<>(assessment.units());
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    List<Unit> better = new ArrayList<>(assessment.units());
    better.replaceAll(
        unit ->
            random.nextInt(8) > 0 || unit.objects().isEmpty()
                ? unit
                : new Unit(
                    unit.clause(),
                    null,
                    unit.objects().stream().map(o -> o.result() == null ? GOOD : o).toList(),
                    List.of()));

    for (Scoring rule : List.of(RULE_2021, RULE_2023)) {
      Score score = rule.score(assessment);
      if (score.score() != null) {
        assertThat(score.score()).isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
        assertThat(rule.score(new MipingAssessment(null, 3, better, List.of())).score())
            .isGreaterThanOrEqualTo(score.score());
      }
      assertThat(rule.score(new MipingAssessment(null, 3, shuffled, List.of()))).isEqualTo(score);
    }
  }

  /** The rule as it is written, with the weights typed above. */
  private static @Nullable BigDecimal straight(MipingAssessment assessment, boolean of2023) {
    BigDecimal[] sum = {BigDecimal.ZERO, BigDecimal.ZERO};
    BigDecimal[] weight = {BigDecimal.ZERO, BigDecimal.ZERO};
    for (var layer : LEVEL_3.entrySet()) {
      BigDecimal reached = BigDecimal.ZERO;
      BigDecimal base = BigDecimal.ZERO;
      for (var unit : layer.getValue().entrySet()) {
        BigDecimal value = straightUnit(assessment, unit.getKey(), of2023);
        if (value != null) {
          reached = reached.add(value.multiply(new BigDecimal(unit.getValue())));
          base = base.add(new BigDecimal(unit.getValue()));
        }
      }
      if (base.signum() > 0) {
        int side = layer.getValue().keySet().iterator().next().startsWith("6.") ? 0 : 1;
        BigDecimal layerWeight = new BigDecimal(layer.getKey().split(" ")[1]);
        sum[side] =
            sum[side].add(layerWeight.multiply(reached.divide(base, 4, RoundingMode.HALF_UP)));
        weight[side] = weight[side].add(layerWeight);
      }
    }
    if (of2023) {
      if (weight[0].signum() == 0 || weight[1].signum() == 0) {
        return null;
      }
      return new BigDecimal(70)
          .multiply(sum[0])
          .divide(weight[0], 30, RoundingMode.HALF_UP)
          .add(new BigDecimal(30).multiply(sum[1]).divide(weight[1], 30, RoundingMode.HALF_UP))
          .setScale(20, RoundingMode.HALF_UP)
          .setScale(2, RoundingMode.HALF_UP);
    }
    BigDecimal base = weight[0].add(weight[1]);
    return base.signum() == 0
        ? null
        : new BigDecimal(100).multiply(sum[0].add(sum[1])).divide(base, 2, RoundingMode.HALF_UP);
  }

  private static @Nullable BigDecimal straightUnit(
      MipingAssessment assessment, String clause, boolean of2023) {
    Unit unit = null;
    for (Unit each : assessment.units()) {
      unit = each.clause().equals(clause) ? each : unit;
    }
    if (unit == null) {
      return BigDecimal.ZERO;
    }
    double sum = 0;
    int count = 0;
    for (Result result : unit.results()) {
      if (result != NOT_APPLICABLE) {
        count++;
        sum += result == CONFORM ? 1 : result == PARTIAL ? 0.5 : 0;
      }
    }
    for (CryptoObject object : unit.objects()) {
      if (object.result() != NOT_APPLICABLE) {
        count++;
        sum += of2023 ? value2023(object) : value2021(object);
      }
    }
    return count == 0
        ? null
        : new BigDecimal(Double.toString(Math.round(sum * 10_000) / 10_000.0))
            .divide(BigDecimal.valueOf(count), 4, RoundingMode.HALF_UP);
  }

  private static double value2023(CryptoObject object) {
    double own = 0;
    if (object.result() == null && Boolean.TRUE.equals(object.effective())) {
      int bits = object.strength() == null ? 0 : object.strength();
      double ra = bits >= 112 ? 1 : bits >= 80 ? 0.5 : 0.2;
      double rk = object.moduleLevel() >= 1 && object.keyRequirementsMet() ? 1.2 : 1;
      boolean a = Boolean.TRUE.equals(object.compliant());
      boolean k = Boolean.TRUE.equals(object.keysManaged());
      own = a && k ? 1 : a ? 0.5 * rk : k ? 0.5 * ra : 0.25 * ra * rk;
    }
    return compensated(own, object);
  }

  private static double value2021(CryptoObject object) {
    double own = 0;
    if (object.result() == null && Boolean.TRUE.equals(object.effective())) {
      boolean a = Boolean.TRUE.equals(object.compliant());
      boolean k = Boolean.TRUE.equals(object.keysManaged());
      own = a && k ? 1 : a || k ? 0.5 : 0.25;
    }
    return compensated(own, object);
  }

  private static double compensated(double own, CryptoObject object) {
    return object.compensatedBy() == null
        ? own
        : Math.max(own, 0.5 * object.compensatedBy().doubleValue());
  }

  private static MipingAssessment randomAssessment(RandomGenerator random) {
    List<Unit> units = new ArrayList<>();
    for (Map<String, String> layer : LEVEL_3.values()) {
      boolean none = random.nextInt(10) == 0;
      for (String clause : layer.keySet()) {
        if (random.nextInt(30) == 0) {
          continue;
        }
        List<CryptoObject> objects = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          if (clause.startsWith("7.")) {
            results.add(
                none ? NOT_APPLICABLE : Result.values()[random.nextInt(Result.values().length)]);
          } else {
            objects.add(none ? object(NOT_APPLICABLE) : randomObject(random));
          }
        }
        units.add(new Unit(clause, null, objects, results));
      }
    }
    return new MipingAssessment(null, 3, units, List.of());
  }

  private static CryptoObject randomObject(RandomGenerator random) {
    return switch (random.nextInt(8)) {
      case 0 -> object(NOT_APPLICABLE);
      case 1 -> object(Result.UNTESTED);
      default ->
          object(
              random.nextInt(4) > 0,
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextInt(60, 260),
              random.nextInt(3),
              random.nextInt(5) == 0
                  ? BigDecimal.valueOf(random.nextInt(101), 2).toPlainString()
                  : null);
    };
  }

  private static String physicalIdentity(Scoring rule, int level, CryptoObject object) {
    Unit unit = new Unit("6.1.1", null, List.of(object), List.of());
    List<Unit> others =
        List.of(
            new Unit("6.1.2", null, List.of(object(NOT_APPLICABLE)), List.of()),
            new Unit("6.1.3", null, List.of(object(NOT_APPLICABLE)), List.of()));
    List<Unit> units = new ArrayList<>(others);
    units.add(unit);
    return String.valueOf(
        rule.score(new MipingAssessment(null, level, units, List.of())).parts().get("物理和环境"));
  }

  private static Map<String, Unit> allGood() {
    Map<String, Unit> units = new LinkedHashMap<>();
    LEVEL_3
        .values()
        .forEach(
            layer ->
                layer
                    .keySet()
                    .forEach(
                        clause -> {
                          if (clause.startsWith("6.")) {
                            technical(units, clause, GOOD);
                          } else {
                            management(units, clause, CONFORM);
                          }
                        }));
    return units;
  }

  private static void technical(Map<String, Unit> units, String clause, CryptoObject... objects) {
    units.put(clause, new Unit(clause, null, List.of(objects), List.of()));
  }

  private static void management(Map<String, Unit> units, String clause, Result... results) {
    units.put(clause, new Unit(clause, null, List.of(), List.of(results)));
  }

  private static CryptoObject object(Result result) {
    return new CryptoObject(null, result, null, null, null, null, 0, false, null);
  }

  private static CryptoObject object(
      boolean d,
      boolean a,
      boolean k,
      @Nullable Integer bits,
      int module,
      @Nullable String compensatedBy) {
    return new CryptoObject(
        null,
        null,
        d,
        a,
        k,
        bits,
        module,
        module > 0,
        compensatedBy == null ? null : new BigDecimal(compensatedBy));
  }
}
