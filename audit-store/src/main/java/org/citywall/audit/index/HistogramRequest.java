// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Duration;

/** Counts per interval; buckets start at {@code range.from()}, at most 2000 of them. */
public record HistogramRequest(Query query, TimeRange range, Duration interval) {

  public static final int MAX_BUCKETS = 2000;

  public HistogramRequest {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException("interval must be positive");
    }
    if (Duration.between(range.from(), range.to()).dividedBy(interval) >= MAX_BUCKETS) {
      throw new IllegalArgumentException("more than " + MAX_BUCKETS + " buckets");
    }
  }
}
