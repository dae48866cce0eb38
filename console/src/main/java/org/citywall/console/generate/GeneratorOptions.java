// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be generated.
 *
 * @param seed the same seed and the same other options give the same bytes
 * @param start first moment
 * @param days length, 2..366
 * @param events how many background events are wanted, approximately; staged ones come on top
 * @param units units of the city, 12..55
 * @param scenarios numbers of the scenarios that are staged
 * @param instances attacks of each scenario; of near misses and of benign ones as many
 * @param range from which distributions everything is drawn
 */
public record GeneratorOptions(
    long seed,
    Instant start,
    int days,
    long events,
    int units,
    Set<Integer> scenarios,
    int instances,
    ParameterRange range) {

  public static final int MOST_UNITS = 55;
  private static final int FEWEST_UNITS = 12;
  private static final int MOST_DAYS = 366;

  public GeneratorOptions {
    scenarios = Set.copyOf(new TreeSet<>(scenarios));
    // What was written before there were ranges does not name one.
    range = Objects.requireNonNullElse(range, ParameterRange.USUAL);
    require(days >= 2 && days <= MOST_DAYS, "days are 2 to " + MOST_DAYS);
    require(events >= 0, "events are not negative");
    require(
        units >= FEWEST_UNITS && units <= MOST_UNITS,
        "units are " + FEWEST_UNITS + " to " + MOST_UNITS);
    require(instances >= 0, "instances are not negative");
    require(
        ScenarioCatalogue.builtIn().numbers().containsAll(scenarios),
        "scenarios are " + ScenarioCatalogue.builtIn().numbers());
  }

  /** Of the usual range. */
  public GeneratorOptions(
      long seed,
      Instant start,
      int days,
      long events,
      int units,
      Set<Integer> scenarios,
      int instances) {
    this(seed, start, days, events, units, scenarios, instances, ParameterRange.USUAL);
  }

  /** The same of another range. */
  public GeneratorOptions withRange(ParameterRange other) {
    return new GeneratorOptions(seed, start, days, events, units, scenarios, instances, other);
  }

  /** The same with another seed. */
  public GeneratorOptions withSeed(long other) {
    return new GeneratorOptions(other, start, days, events, units, scenarios, instances, range);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
