// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

/**
 * Days that end at noon in Asia/Shanghai, when officers are present and attacks are rare. What
 * lives long is cut there: a fixed cut is found again after a restart, an age since a first entry
 * that is not read again is not.
 */
final class DutyDay {

  private static final long DAY = 86_400_000_000L;
  private static final long NOON_IN_SHANGHAI_UTC = 4 * 3_600_000_000L;

  private DutyDay() {}

  /** Number of the day that holds this time in microseconds. */
  static long of(long micros) {
    return Math.floorDiv(micros - NOON_IN_SHANGHAI_UTC, DAY);
  }
}
