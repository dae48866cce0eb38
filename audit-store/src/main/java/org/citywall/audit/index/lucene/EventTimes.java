// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.time.Instant;
import org.citywall.audit.index.TimeRange;

/** A range of event time in whole microseconds, both bounds inclusive; empty where first > last. */
record EventTimes(long first, long last) {

  static EventTimes of(TimeRange range) {
    if (range.equals(TimeRange.ALL)) {
      return new EventTimes(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    long first = atOrAfter(range.from());
    long end = atOrAfter(range.to());
    return end == Long.MIN_VALUE ? new EventTimes(0, -1) : new EventTimes(first, end - 1);
  }

  boolean isEmpty() {
    return first > last;
  }

  /** The first microsecond that is not before this instant, or the last one there is. */
  private static long atOrAfter(Instant instant) {
    try {
      long micros =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
      return instant.getNano() % 1000 == 0 ? micros : Math.addExact(micros, 1);
    } catch (ArithmeticException e) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
