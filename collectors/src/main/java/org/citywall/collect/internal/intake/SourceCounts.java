// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** What a source has sent since the start, in numbers. Guarded by the source's monitor. */
final class SourceCounts {

  private static final double RATE_WINDOW_MILLIS = 60_000;

  long events;
  long rejects;
  long duplicates;
  long gaps;
  @Nullable Long clockSkew;
  @Nullable String lastReject;
  private @Nullable Instant countedAt;
  private double decayed;

  void add(Batch batch, Instant now) {
    for (Outcome outcome : batch.outcomes()) {
      switch (outcome) {
        case Outcome.Accepted _ -> events++;
        case Outcome.Duplicate _ -> duplicates++;
        case Outcome.Rejected rejected -> {
          rejects++;
          lastReject = rejected.code().id() + " " + rejected.reason();
        }
      }
    }
    for (Event event : batch.events()) {
      Long skew = event.number(Field.GOV_CLOCK_SKEW);
      clockSkew = skew == null ? clockSkew : skew;
    }
    decayed = perMinute(now) + batch.outcomes().size();
    countedAt = now;
  }

  /** Records of about the last minute: a count that decays with time. */
  double perMinute(Instant now) {
    if (countedAt == null) {
      return 0;
    }
    double age = Math.max(0, Duration.between(countedAt, now).toMillis());
    return decayed * Math.exp(-age / RATE_WINDOW_MILLIS);
  }
}
