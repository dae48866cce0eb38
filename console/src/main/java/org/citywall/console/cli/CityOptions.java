// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.console.generate.Generator;
import org.citywall.console.generate.GeneratorOptions;
import org.citywall.console.generate.ParameterRange;
import org.citywall.console.generate.ScenarioCatalogue;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say which city is generated. */
final class CityOptions {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String ALL = "all";

  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      defaultValue = "2026-03-01",
      description = "first day (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private String from;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "length (default: ${DEFAULT-VALUE})")
  private int days;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "55",
      description = "units of the city, 12 to 55 (default: ${DEFAULT-VALUE})")
  private int units;

  @Option(
      names = "--officers",
      paramLabel = "N",
      defaultValue = "3",
      description = "officers who share the alerts (default: ${DEFAULT-VALUE})")
  private int officers;

  @Option(
      names = "--scenarios",
      paramLabel = "LIST",
      defaultValue = ALL,
      description = "numbers with commas between, or all (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private String scenarios;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "attacks of each scenario; as many near misses and benign ones (default: ${DEFAULT-VALUE})")
  private int instances;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      defaultValue = "usual",
      description =
          "usual, or held-out: other sizes, pace, hours, programs and names within the same"
              + " definitions, for a last look at finished rules (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private String range;

  int officers() {
    return officers;
  }

  GeneratorOptions options(long seed, long background) {
    try {
      return new GeneratorOptions(
          seed,
          LocalDate.parse(from).atStartOfDay(ZONE).toInstant(),
          days,
          background,
          units,
          numbers(),
          instances,
          range());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /** The city with everything laid out that is staged in it. */
  Generator generator(GeneratorOptions options) {
    try {
      return new Generator(options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private ParameterRange range() {
    return Arrays.stream(ParameterRange.values())
        .filter(known -> known.label().equals(range))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("ranges are usual and held-out"));
  }

  private Set<Integer> numbers() {
    if (scenarios.equals(ALL)) {
      return ScenarioCatalogue.builtIn().numbers();
    }
    return Arrays.stream(scenarios.split(",", -1))
        .map(number -> Integer.valueOf(number.strip()))
        .collect(Collectors.toSet());
  }
}
