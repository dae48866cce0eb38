// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/**
 * What somebody wants to know of the ledger.
 *
 * @param from first day, by China's clock
 * @param to last day
 * @param by what lines are told apart by
 * @param only exact values of other dimensions; empty for everything
 */
public record ExposureQuestion(
    LocalDate from, LocalDate to, Dimension by, Map<Dimension, String> only) {

  public ExposureQuestion {
    only = only.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(only));
    if (to.isBefore(from) || to.isAfter(from.plusYears(1))) {
      throw new IllegalArgumentException("from a day up to a year after it, not before");
    }
  }

  /** Of everything of these days. */
  public static ExposureQuestion of(LocalDate from, LocalDate to, Dimension by) {
    return new ExposureQuestion(from, to, by, Map.of());
  }

  int firstDay() {
    return Math.toIntExact(from.toEpochDay());
  }

  int lastDay() {
    return Math.toIntExact(to.toEpochDay());
  }

  boolean isAbout(Place place) {
    return only.entrySet().stream().allMatch(one -> place.of(one.getKey()).equals(one.getValue()));
  }
}
