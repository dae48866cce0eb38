// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;

/**
 * Which days and hours are worked: Monday to Friday, without holidays, with the days that the State
 * Council moves to a weekend (调休).
 *
 * @param from start of the working day, inclusive
 * @param to end of the working day, exclusive
 * @param holidays days that are not worked although they fall on a weekday
 * @param movedWorkdays Saturdays and Sundays that are worked
 */
public record WorkCalendar(
    ZoneId zone,
    LocalTime from,
    LocalTime to,
    Set<LocalDate> holidays,
    Set<LocalDate> movedWorkdays) {

  public WorkCalendar {
    Objects.requireNonNull(zone, "zone is missing");
    Objects.requireNonNull(from, "from is missing");
    Objects.requireNonNull(to, "to is missing");
    holidays = Set.copyOf(holidays);
    movedWorkdays = Set.copyOf(movedWorkdays);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from must be before to");
    }
  }

  /** 08:30 to 17:30 in Asia/Shanghai, Monday to Friday, no holidays. */
  public static WorkCalendar weekdays() {
    return new WorkCalendar(
        ZoneId.of("Asia/Shanghai"), LocalTime.of(8, 30), LocalTime.of(17, 30), Set.of(), Set.of());
  }

  /** The day on which this moment falls. */
  public LocalDate day(Instant time) {
    return time.atZone(zone).toLocalDate();
  }

  public boolean isWorkday(LocalDate day) {
    if (movedWorkdays.contains(day)) {
      return true;
    }
    DayOfWeek weekday = day.getDayOfWeek();
    boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
    return !weekend && !holidays.contains(day);
  }
}
