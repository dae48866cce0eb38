// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import org.citywall.collect.SilencePolicy;
import org.jspecify.annotations.Nullable;

/** How regularly something is heard of, and whether it has fallen silent. Not thread-safe. */
final class Rhythm {

  private static final int INTERVALS_BEFORE_SILENCE = 2;
  private static final Duration BURST = Duration.ofSeconds(1);
  private static final double FORGOTTEN_AFTER_MILLIS = Duration.ofDays(1).toMillis();

  private long heard;
  private @Nullable Instant counted;
  private @Nullable Instant last;
  private double longestMillis;
  private boolean silent;
  private @Nullable Instant watchedFrom;

  /**
   * What is kept of a rhythm over a restart.
   *
   * @param heard how often it was heard of, where a second's records count once
   * @param last when it was last heard of, or expected from
   * @param longestMillis longest interval of late
   * @param silent whether a silence is reported and not over
   */
  record Memory(long heard, @Nullable Instant last, double longestMillis, boolean silent) {}

  Memory memory() {
    return new Memory(heard, last, longestMillis, silent);
  }

  /** Takes up what was known before a restart. */
  void restore(Memory memory) {
    heard = memory.heard();
    last = memory.last();
    longestMillis = memory.longestMillis();
    silent = memory.silent();
  }

  /** Takes up a sign of life from before the restart, unless it is known. */
  void recall(Instant at) {
    if (last == null || at.isAfter(last)) {
      if (last != null && !silent) {
        learn(Duration.between(last, at));
      }
      last = at;
      count(at);
      silent = false;
    }
  }

  /** Whether this is before the last sign of life. */
  boolean isPast(Instant at) {
    return last != null && at.isBefore(last);
  }

  /** Says from when on signs of life can be noticed again after a restart. */
  void watchFrom(Instant now) {
    watchedFrom = now;
  }

  /** Notes a sign of life; answers how long the silence was that it ends, else null. */
  @Nullable Duration heard(Instant now) {
    Instant before = last;
    boolean watched = watchedFrom == null;
    last = now;
    count(now);
    watchedFrom = null;
    if (before == null) {
      return null;
    }
    Duration gap = Duration.between(before, now);
    if (silent) {
      silent = false;
      return gap;
    }
    if (watched) {
      learn(gap);
    }
    return null;
  }

  private void count(Instant at) {
    if (counted == null || !at.isBefore(counted.plus(BURST))) {
      counted = at;
      heard++;
    }
  }

  private void learn(Duration gap) {
    // Not an average: a burst of records each hour is no sign that they come each millisecond.
    double millis = gap.toMillis();
    double remembered = longestMillis * Math.exp(-millis / FORGOTTEN_AFTER_MILLIS);
    longestMillis = Math.max(millis, remembered);
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
    Duration limit = expected == null ? learned(policy) : expected;
    Duration gap = Duration.between(last, now);
    return gap.compareTo(limit) > 0 && couldBeHeard(now, policy, limit) ? gap : null;
  }

  /** After a restart it gets the time to connect again before its silence counts. */
  private boolean couldBeHeard(Instant now, SilencePolicy policy, Duration limit) {
    if (watchedFrom == null) {
      return true;
    }
    Duration patience = limit.compareTo(policy.after()) < 0 ? limit : policy.after();
    return now.isAfter(watchedFrom.plus(patience));
  }

  /** Its silence is in the log, or the end of it. */
  void silenceReported(boolean goesOn) {
    silent = goesOn;
  }

  boolean silent() {
    return silent;
  }

  /** When it was last heard of, null where it never was. */
  @Nullable Instant lastHeard() {
    return heard == 0 ? null : last;
  }

  private Duration learned(SilencePolicy policy) {
    Duration unusual = Duration.ofMillis((long) (longestMillis * INTERVALS_BEFORE_SILENCE));
    return unusual.compareTo(policy.after()) > 0 ? unusual : policy.after();
  }
}
