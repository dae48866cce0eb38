// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What a person enters for an indicator.
 *
 * @param reached 0..100, or null where it does not apply
 * @param why how the value was come to, or why it does not apply
 * @param evidence what it rests on, with the time it is about
 */
public record IndexEntry(@Nullable BigDecimal reached, String why, Evidence evidence) {

  private static final int MAX_TEXT = 1000;
  private static final int SCALE = 4;
  private static final BigDecimal MOST = BigDecimal.valueOf(100);

  /** Fails with {@code CON-0096}, or {@code CON-0065} where the evidence names nothing. */
  void require(long logSize, LocalDate today) {
    demand(!why.isBlank() && why.length() <= MAX_TEXT, "it is explained in 1 to 1000 characters");
    demand(
        reached == null || reached.signum() >= 0 && reached.compareTo(MOST) <= 0,
        "a value is 0 to 100");
    demand(
        reached == null || reached.stripTrailingZeros().scale() <= SCALE,
        "a value has at most 4 decimals");
    demand(!evidence.from().isAfter(today), "its time has not begun yet");
    evidence.require(logSize);
  }

  private static void demand(boolean holds, String what) {
    if (!holds) {
      throw new PlatformException(ConsoleErrorCode.INDEX_ENTRY_INVALID, what);
    }
  }
}
