// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Instant;

/** A stretch of event time: from inclusive, to exclusive. */
public record TimeRange(Instant from, Instant to) {

  /** Every time that an event can have. */
  public static final TimeRange ALL =
      new TimeRange(
          Instant.ofEpochSecond(Long.MIN_VALUE / 1_000_000),
          Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000));

  public TimeRange {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("to is before from");
    }
  }
}
