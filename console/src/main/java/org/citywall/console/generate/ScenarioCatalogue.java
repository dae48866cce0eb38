// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The scenarios and the ranges from which their instances are drawn: {@code scenarios.yaml}, and
 * {@code held-out.yaml} with other ranges.
 */
public final class ScenarioCatalogue {

  private static final ScenarioCatalogue BUILT_IN =
      new ScenarioCatalogue(read("scenarios.yaml", Scenario[].class));
  private static final ScenarioCatalogue HELD_OUT =
      BUILT_IN.with(read("held-out.yaml", Other[].class));

  private final Map<Integer, Scenario> scenarios = new TreeMap<>();

  private ScenarioCatalogue(List<Scenario> scenarios) {
    scenarios.forEach(each -> this.scenarios.put(each.scenario(), each));
  }

  /**
   * A scenario.
   *
   * @param definition when an instance is an attack, in words
   * @param kinds kinds that make sense of it
   */
  public record Scenario(
      int scenario,
      String title,
      String zh,
      String definition,
      List<Kind> kinds,
      Map<String, Range> parameters) {

    public Scenario {
      kinds = List.copyOf(kinds);
      parameters = Map.copyOf(parameters);
    }

    Scenario with(Map<String, Range> others) {
      return new Scenario(scenario, title, zh, definition, kinds, others);
    }

    Range range(String parameter) {
      return Objects.requireNonNull(parameters.get(parameter), parameter);
    }
  }

  /** Limits of a parameter, both inclusive, for each kind. */
  public record Range(List<Long> attack, List<Long> nearMiss, List<Long> benign) {

    public Range {
      attack = List.copyOf(attack);
      nearMiss = List.copyOf(nearMiss);
      benign = List.copyOf(benign);
    }

    List<Long> of(Kind kind) {
      return switch (kind) {
        case ATTACK -> attack;
        case NEAR_MISS -> nearMiss;
        case BENIGN -> benign;
      };
    }

    /** Evenly, or evenly by order of size where the range spans more than one. */
    long draw(Kind kind, RandomGenerator random) {
      long low = of(kind).getFirst();
      long high = of(kind).getLast();
      if (low > 0 && high / low >= 10) {
        double power = random.nextDouble(Math.log(low), Math.log(high + 1.0));
        return Math.clamp((long) Math.exp(power), low, high);
      }
      return random.nextLong(low, high + 1);
    }
  }

  /** Other ranges of a scenario that is there. */
  private record Other(int scenario, Map<String, Range> parameters) {}

  public static ScenarioCatalogue builtIn() {
    return BUILT_IN;
  }

  /** The scenarios with their parameters in this range. */
  static ScenarioCatalogue of(ParameterRange range) {
    return switch (range) {
      case USUAL -> BUILT_IN;
      case HELD_OUT -> HELD_OUT;
    };
  }

  private ScenarioCatalogue with(List<Other> others) {
    return new ScenarioCatalogue(
        others.stream().map(o -> scenario(o.scenario()).with(o.parameters())).toList());
  }

  public SortedSet<Integer> numbers() {
    return new TreeSet<>(scenarios.keySet());
  }

  public Scenario scenario(int number) {
    return Objects.requireNonNull(scenarios.get(number), "there is no such scenario");
  }

  private static <T> List<T> read(String name, Class<T[]> type) {
    YAMLMapper mapper =
        YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).build();
    try (InputStream in = ScenarioCatalogue.class.getResourceAsStream(name)) {
      return List.of(mapper.readValue(Objects.requireNonNull(in), type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
