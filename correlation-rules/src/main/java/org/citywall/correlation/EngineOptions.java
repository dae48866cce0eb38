// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;

/**
 * Bounds of an engine.
 *
 * @param maxKeys live keys of each window, from 1; the one untouched for longest makes room
 * @param maxAlerts open alerts of each rule, from 1
 * @param skew how far ahead of its receipt a sender may date an event; a later date is cut to that
 * @param lateness how far events of one key may be out of order and still be counted as if in order
 */
public record EngineOptions(int maxKeys, int maxAlerts, Duration skew, Duration lateness) {

  public static final EngineOptions DEFAULT =
      new EngineOptions(200_000, 10_000, Duration.ofMinutes(2), Duration.ofMinutes(2));

  public EngineOptions {
    if (maxKeys < 1 || maxAlerts < 1 || skew.isNegative() || lateness.isNegative()) {
      throw new IllegalArgumentException("bounds must be positive");
    }
  }

  /** How long a key of this window is kept untouched, in microseconds. */
  long idleMicros(Duration window) {
    return window.plus(lateness.multipliedBy(2)).toNanos() / 1000;
  }
}
