// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.citywall.compliance.score.MipingAssessment.CryptoObject;
import org.jspecify.annotations.Nullable;

/**
 * Quantified score of a cryptography assessment. An object has D, A and K: all hold 1; A alone
 * fails 0.5 Ra; K alone fails 0.5 Rk; both fail 0.25 Ra Rk; D fails 0. A unit is the mean of its
 * objects, a layer the weighted mean of its units, both rounded to four decimals.
 *
 * @param rule name and version
 * @param shares points of the technical and of the management layers (2023); absent where all
 *     layers share 100 points by their weights (2021)
 * @param strengths Ra by strength in bits, strongest first
 * @param modules Rk by level of the system and of the module
 * @param compensation share of what makes up for an object
 * @param threshold from this score on, without a high risk: basically conforms
 * @param names the three conclusions, best first
 * @param layers layers and their units
 * @param toBeConfirmed see {@link Score}
 * @param toBeConfirmedZh the same in Chinese, in the same order; null where the rule has none
 */
record Miping(
    String rule,
    @Nullable Shares shares,
    List<Strength> strengths,
    List<Module> modules,
    BigDecimal compensation,
    BigDecimal threshold,
    List<String> names,
    List<Layer> layers,
    List<String> toBeConfirmed,
    @Nullable List<String> toBeConfirmedZh)
    implements ScoringRule<MipingAssessment> {

  private static final int DECIMALS = 4;
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Points of the two groups of layers. */
  record Shares(BigDecimal technical, BigDecimal management) {}

  /** Ra from this strength on. */
  record Strength(int bits, BigDecimal factor) {}

  /** Rk of a system of this level whose keys a module of this level or above manages. */
  record Module(int systemLevel, int moduleLevel, BigDecimal factor) {}

  /** Group of layers. */
  enum Side {
    @JsonProperty("technical")
    TECHNICAL,
    @JsonProperty("management")
    MANAGEMENT
  }

  /** A layer with its weight and units. */
  record Layer(String name, Side side, BigDecimal weight, List<UnitRule> units) {

    Layer {
      units = List.copyOf(units);
    }
  }

  /**
   * A unit and its weights.
   *
   * @param weights by level 1..4; 0 where the unit is not asked at that level
   */
  record UnitRule(String clause, String name, List<BigDecimal> weights) {

    UnitRule {
      weights = List.copyOf(weights);
      if (weights.size() != 4) {
        throw new IllegalArgumentException(clause + ": there are four levels");
      }
    }

    BigDecimal weight(int level) {
      return weights.get(level - 1);
    }
  }

  /** A unit with its value, 0..1. */
  private record Valued(Layer layer, UnitRule unit, BigDecimal weight, BigDecimal value) {}

  Miping {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(compensation, "compensation");
    Objects.requireNonNull(threshold, "threshold");
    strengths = List.copyOf(Objects.requireNonNull(strengths, "strengths"));
    modules = List.copyOf(Objects.requireNonNull(modules, "modules"));
    names = List.copyOf(Objects.requireNonNull(names, "names"));
    layers = List.copyOf(Objects.requireNonNull(layers, "layers"));
    toBeConfirmed = List.copyOf(Objects.requireNonNull(toBeConfirmed, "toBeConfirmed"));
    toBeConfirmedZh = ScoringRule.inChinese(toBeConfirmedZh, toBeConfirmed);
    if (names.size() != 3) {
      throw new IllegalArgumentException("names: there are three conclusions");
    }
  }

  @Override
  public Class<MipingAssessment> input() {
    return MipingAssessment.class;
  }

  @Override
  public Score score(MipingAssessment assessment) {
    List<String> unsettled = new ArrayList<>();
    List<Valued> units = valued(assessment, unsettled);
    List<Layer> applicable =
        layers.stream()
            .filter(layer -> units.stream().anyMatch(unit -> unit.layer().equals(layer)))
            .toList();
    Map<String, Object> parts = new LinkedHashMap<>();
    Map<Layer, BigDecimal> values = new LinkedHashMap<>();
    for (Layer layer : applicable) {
      BigDecimal value = layerValue(layer, units);
      values.put(layer, value);
      parts.put(layer.name(), value);
    }
    if (!scorable(applicable)) {
      return new Score(
          null, Score.BY_PERSON, parts, rule, List.of(), sorted(unsettled), toBeConfirmed);
    }
    Fraction total = Fraction.ZERO;
    for (Side side : Side.values()) {
      Fraction points = points(side, values);
      parts.put(side.name().toLowerCase(Locale.ROOT), points.rounded(DECIMALS));
      total = total.plus(points);
    }
    List<Score.Deduction> deductions = deductions(units, applicable);
    return new Score(
        total.rounded(2),
        unsettled.isEmpty()
            ? conclusion(total.rounded(2), deductions, assessment.risks())
            : Score.OPEN,
        parts,
        rule,
        deductions,
        sorted(unsettled),
        toBeConfirmed);
  }

  /** Without a group of layers that has points of its own there is no score. */
  private boolean scorable(List<Layer> applicable) {
    return shares == null
        ? !applicable.isEmpty()
        : applicable.stream().map(Layer::side).distinct().count() == Side.values().length;
  }

  private List<Valued> valued(MipingAssessment assessment, List<String> unsettled) {
    Map<String, MipingAssessment.Unit> given = new HashMap<>();
    assessment.units().forEach(unit -> given.put(unit.clause(), unit));
    List<Valued> valued = new ArrayList<>();
    for (Layer layer : layers) {
      for (UnitRule unit : layer.units()) {
        BigDecimal weight = unit.weight(assessment.level());
        MipingAssessment.Unit assessed = given.get(unit.clause());
        if (weight.signum() == 0) {
          continue;
        }
        given.remove(unit.clause());
        if (assessed == null) {
          unsettled.add(unit.clause());
          valued.add(new Valued(layer, unit, weight, BigDecimal.ZERO));
          continue;
        }
        Invalid.unless(
            assessed.objects().isEmpty() == (layer.side() == Side.MANAGEMENT),
            unit.clause(),
            layer.side() == Side.MANAGEMENT ? "is of management: results" : "needs objects");
        if (assessed.objects().stream().anyMatch(CryptoObject::unsettled)
            || assessed.results().stream().anyMatch(Result::unsettled)) {
          unsettled.add(unit.clause());
        }
        BigDecimal value = value(assessed, assessment.level());
        if (value != null) {
          valued.add(new Valued(layer, unit, weight, value));
        }
      }
    }
    given
        .keySet()
        .forEach(
            clause -> Invalid.unless(false, clause, "is not asked at level " + assessment.level()));
    return valued;
  }

  /** Mean of what applies; null where nothing does. */
  private @Nullable BigDecimal value(MipingAssessment.Unit unit, int level) {
    List<BigDecimal> each = new ArrayList<>();
    unit.objects().stream()
        .filter(CryptoObject::applicable)
        .forEach(object -> each.add(object(object, level)));
    unit.results().stream()
        .filter(Result::applicable)
        .forEach(result -> each.add(HALF.multiply(BigDecimal.valueOf(result.halves()))));
    if (each.isEmpty()) {
      return null;
    }
    BigDecimal sum = each.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(each.size()), DECIMALS, RoundingMode.HALF_UP);
  }

  private BigDecimal object(CryptoObject object, int level) {
    BigDecimal own = BigDecimal.ZERO;
    if (object.holds(object.effective())) {
      own = BigDecimal.ONE;
      if (!object.holds(object.compliant())) {
        own = own.multiply(HALF).multiply(strength(object.strength()));
      }
      if (!object.holds(object.keysManaged())) {
        own = own.multiply(HALF).multiply(module(object, level));
      }
    }
    own = own.setScale(DECIMALS, RoundingMode.HALF_UP);
    BigDecimal other = object.compensatedBy();
    return other == null
        ? own
        : own.max(compensation.multiply(other).setScale(DECIMALS, RoundingMode.HALF_UP));
  }

  private BigDecimal strength(@Nullable Integer bits) {
    return strengths.stream()
        .filter(step -> bits != null && bits >= step.bits())
        .map(Strength::factor)
        .findFirst()
        .orElse(BigDecimal.ONE);
  }

  private BigDecimal module(CryptoObject object, int level) {
    return modules.stream()
        .filter(
            module ->
                module.systemLevel() == level
                    && object.keyRequirementsMet()
                    && object.moduleLevel() >= module.moduleLevel())
        .map(Module::factor)
        .max(Comparator.naturalOrder())
        .orElse(BigDecimal.ONE);
  }

  private static BigDecimal layerValue(Layer layer, List<Valued> units) {
    BigDecimal reached = BigDecimal.ZERO;
    BigDecimal weights = BigDecimal.ZERO;
    for (Valued unit : units) {
      if (unit.layer().equals(layer)) {
        reached = reached.add(unit.weight().multiply(unit.value()));
        weights = weights.add(unit.weight());
      }
    }
    return reached.divide(weights, DECIMALS, RoundingMode.HALF_UP);
  }

  private Fraction points(Side side, Map<Layer, BigDecimal> values) {
    Fraction points = Fraction.ZERO;
    for (Map.Entry<Layer, BigDecimal> layer : values.entrySet()) {
      if (layer.getKey().side() == side) {
        points =
            points.plus(
                worth(layer.getKey(), List.copyOf(values.keySet()))
                    .times(Fraction.of(layer.getValue())));
      }
    }
    return points;
  }

  /** Points that a layer can bring. */
  private Fraction worth(Layer layer, List<Layer> applicable) {
    BigDecimal share = new BigDecimal(100);
    if (shares != null) {
      share = layer.side() == Side.TECHNICAL ? shares.technical() : shares.management();
    }
    BigDecimal weights =
        applicable.stream()
            .filter(other -> shares == null || other.side() == layer.side())
            .map(Layer::weight)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Fraction(share.multiply(layer.weight()), weights);
  }

  private List<Score.Deduction> deductions(List<Valued> units, List<Layer> applicable) {
    List<Score.Deduction> all = new ArrayList<>();
    for (Valued unit : units) {
      if (unit.value().compareTo(BigDecimal.ONE) < 0) {
        BigDecimal weights =
            units.stream()
                .filter(other -> other.layer().equals(unit.layer()))
                .map(Valued::weight)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Fraction worth = worth(unit.layer(), applicable);
        BigDecimal missing = BigDecimal.ONE.subtract(unit.value());
        all.add(
            new Score.Deduction(
                unit.unit().clause(),
                worth.times(Fraction.of(unit.weight().multiply(missing))).over(weights).rounded(4),
                String.format(
                    Locale.ROOT,
                    "%s x %s / %s x (1 - %s)",
                    worth.rounded(4).toPlainString(),
                    unit.weight().toPlainString(),
                    weights.toPlainString(),
                    unit.value().toPlainString())));
      }
    }
    all.sort(
        Comparator.comparing(Score.Deduction::points)
            .reversed()
            .thenComparing(Score.Deduction::item));
    return all;
  }

  private String conclusion(
      BigDecimal printed, List<Score.Deduction> deductions, List<Risk> risks) {
    boolean risky = Risk.remains(risks, RiskGrade.HIGH);
    if (deductions.isEmpty() && !risky) {
      return names.get(0);
    }
    return printed.compareTo(threshold) >= 0 && !risky ? names.get(1) : names.get(2);
  }

  private static List<String> sorted(List<String> clauses) {
    return clauses.stream().sorted().toList();
  }
}
