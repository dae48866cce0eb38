// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Times of the week at which something holds.
 *
 * @param days on which it begins
 * @param from the first moment of a day
 * @param to the first moment when it no longer holds; of the next day where it is not behind {@code
 *     from}
 */
public record WorkingHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  public WorkingHours {
    days = Set.copyOf(days);
  }

  /** Whether it holds at this moment. */
  public boolean hold(Instant now) {
    ZonedDateTime there = now.atZone(zone);
    LocalTime time = there.toLocalTime();
    boolean today = days.contains(there.getDayOfWeek());
    if (from.isBefore(to)) {
      return today && !time.isBefore(from) && time.isBefore(to);
    }
    boolean yesterday = days.contains(there.getDayOfWeek().minus(1));
    return today && !time.isBefore(from) || yesterday && time.isBefore(to);
  }
}
