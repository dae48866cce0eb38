// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Indicators of the city's data-security index (seven dimensions) for one unit and period.
 *
 * @param unit who is assessed, for people
 * @param period what time it is about, for people
 * @param dimensions each id once; one that is left out counts as untested
 */
public record IndexAssessment(
    @Nullable String unit, @Nullable String period, List<Dimension> dimensions) {

  public IndexAssessment {
    dimensions = Invalid.present(dimensions, "dimensions");
    requireDistinct(dimensions.stream().map(Dimension::id).toList());
  }

  /** A dimension with its indicators, each id once. */
  public record Dimension(String id, List<Indicator> indicators) {

    public Dimension {
      Invalid.unless(id != null && !id.isBlank(), "dimensions", "a dimension has no id");
      indicators = Invalid.present(indicators, id + " indicators");
      Invalid.unless(!indicators.isEmpty(), id, "has no indicator");
      requireDistinct(indicators.stream().map(Indicator::id).toList());
    }
  }

  /**
   * An indicator.
   *
   * @param weight within its dimension, above 0; 1 where absent
   * @param value reached, 0..100; absent where the result says that there is none
   * @param result not-applicable or unsettled; absent where there is a value
   */
  public record Indicator(
      String id,
      @Nullable String name,
      BigDecimal weight,
      @Nullable BigDecimal value,
      @Nullable Result result) {

    public Indicator {
      Invalid.unless(id != null && !id.isBlank(), "indicators", "an indicator has no id");
      weight = weight == null ? BigDecimal.ONE : weight;
      Invalid.unless(weight.signum() > 0, id, "weight must be above 0");
      Invalid.unless((value == null) != (result == null), id, "has either a value or a result");
      Invalid.unless(
          value == null || (value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(100)) <= 0),
          id,
          "value must be 0..100");
      Invalid.unless(
          result == null || !result.applicable() || result.unsettled(),
          id,
          "result is not-applicable or unsettled, else there is a value");
    }

    boolean applicable() {
      return result == null || result.applicable();
    }

    boolean unsettled() {
      return result != null && result.unsettled();
    }

    /** What it brings; nothing while it is not settled. */
    BigDecimal reached() {
      return value == null ? BigDecimal.ZERO : value;
    }
  }

  private static void requireDistinct(List<String> ids) {
    Set<String> seen = new HashSet<>();
    ids.forEach(id -> Invalid.unless(seen.add(id), id, "stands twice"));
  }
}
