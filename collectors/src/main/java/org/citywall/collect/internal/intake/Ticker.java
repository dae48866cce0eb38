// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.citywall.collect.SilencePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the collector does with the passing of time: ticks and what time shows about sources. {@link
 * #beat} is to be called about each second, by one thread.
 */
public final class Ticker {

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Intake intake;
  private final SilencePolicy policy;
  private final Clock clock;
  private long takenBefore;
  private @Nullable Instant lastTick;

  public Ticker(Intake intake, SilencePolicy policy, Clock clock) {
    this.intake = intake;
    this.policy = policy;
    this.clock = clock;
  }

  /** Writes a tick when records came since the last one or a minute has passed. */
  public void beat() {
    Instant now = clock.instant();
    long taken = intake.taken();
    boolean idle = taken == takenBefore;
    if (!idle || lastTick == null || !now.isBefore(lastTick.plus(IDLE))) {
      if (intake.tick(now)) {
        takenBefore = taken;
        lastTick = now;
      }
    }
    intake.report(now, policy);
  }
}
