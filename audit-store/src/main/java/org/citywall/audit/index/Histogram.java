// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts per interval, without gaps: bucket i starts at {@code from + i * interval}. */
public record Histogram(Instant from, Duration interval, List<Long> counts, long asOfLeaf) {

  public Histogram {
    counts = List.copyOf(counts);
  }
}
