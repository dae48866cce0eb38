// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import org.citywall.collect.SilencePolicy;
import org.jspecify.annotations.Nullable;

/** How regularly something is heard of, and whether it has fallen silent. Not thread-safe. */
final class Rhythm {

  private static final double WEIGHT_OF_NEWEST = 0.2;
  private static final int INTERVALS_BEFORE_SILENCE = 5;

  private long heard;
  private @Nullable Instant last;
  private double usualMillis;
  private boolean silent;

  /** Notes a sign of life; answers how long the silence was that it ends, else null. */
  @Nullable Duration heard(Instant now) {
    Instant before = last;
    last = now;
    heard++;
    if (before == null) {
      return null;
    }
    Duration gap = Duration.between(before, now);
    if (silent) {
      silent = false;
      return gap;
    }
    double weight = heard == 2 ? 1 : WEIGHT_OF_NEWEST;
    usualMillis += weight * (gap.toMillis() - usualMillis);
    return null;
  }

  /** Lets the clock of an expected source run before it was ever heard of. */
  void expectFrom(Instant now) {
    if (last == null) {
      last = now;
    }
  }

  /** How long it has been silent, if that is too long and not reported yet, else null. */
  @Nullable Duration unreportedSilence(
      Instant now, SilencePolicy policy, @Nullable Duration expected) {
    if (silent || last == null || expected == null && heard < policy.learnAfter()) {
      return null;
    }
    Duration gap = Duration.between(last, now);
    return gap.compareTo(expected == null ? learned(policy) : expected) > 0 ? gap : null;
  }

  void silenceReported() {
    silent = true;
  }

  boolean silent() {
    return silent;
  }

  private Duration learned(SilencePolicy policy) {
    Duration usual = Duration.ofMillis((long) (usualMillis * INTERVALS_BEFORE_SILENCE));
    return usual.compareTo(policy.after()) > 0 ? usual : policy.after();
  }
}
