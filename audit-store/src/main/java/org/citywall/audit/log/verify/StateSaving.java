// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * When a verification that takes long hands out its state, so that it can go on from there after an
 * interruption; the last state that it hands out is a finished one, if it came to a checkpoint.
 * Used by one thread.
 */
public final class StateSaving {

  private static final long CLOCK_EVERY = 1 << 12;

  private final Consumer<VerificationState> keeper;
  private final long entries;
  private final Duration interval;
  private final Clock clock;
  private long lastLeaf;
  private Instant lastTime;

  /**
   * @param keeper gets each state
   * @param entries after how many entries at the latest
   * @param interval after which time at the latest
   */
  public StateSaving(
      Consumer<VerificationState> keeper, long entries, Duration interval, Clock clock) {
    this.keeper = keeper;
    this.entries = entries;
    this.interval = interval;
    this.clock = clock;
    this.lastTime = clock.instant();
  }

  boolean isDue(long leaf) {
    return leaf - lastLeaf >= entries
        || leaf % CLOCK_EVERY == 0
            && leaf > lastLeaf
            && !clock.instant().isBefore(lastTime.plus(interval));
  }

  /** Begins to count at this leaf. */
  void begin(long leaf) {
    lastLeaf = leaf;
    lastTime = clock.instant();
  }

  void save(Carried carried) {
    keeper.accept(new VerificationState(carried));
    begin(carried.walked().leaf());
  }
}
