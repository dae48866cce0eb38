// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** When the people who share this roster are on duty. */
public record Roster(String name, List<Shift> shifts) {

  public Roster {
    Objects.requireNonNull(name, "name is missing");
    Objects.requireNonNull(shifts, "shifts are missing");
    shifts = List.copyOf(shifts);
  }

  /** The days on which a shift begins. */
  public enum Days {
    WORKDAYS,
    REST_DAYS,
    EVERY_DAY
  }

  /**
   * A stretch of duty that begins on each of these days.
   *
   * @param from start, inclusive
   * @param to end, exclusive; at or before {@code from} it lies on the next day
   */
  public record Shift(Days days, LocalTime from, LocalTime to) {
    public Shift {
      Objects.requireNonNull(days, "days is missing");
      Objects.requireNonNull(from, "from is missing");
      Objects.requireNonNull(to, "to is missing");
    }

    private boolean beginsOn(LocalDate day, WorkCalendar calendar) {
      return switch (days) {
        case EVERY_DAY -> true;
        case WORKDAYS -> calendar.isWorkday(day);
        case REST_DAYS -> !calendar.isWorkday(day);
      };
    }
  }

  static Roster of(WorkCalendar calendar) {
    return new Roster("", List.of(new Shift(Days.WORKDAYS, calendar.from(), calendar.to())));
  }

  /** Whether somebody on this roster is on duty, or off it by less than {@code grace}. */
  public boolean covers(Instant time, WorkCalendar calendar, Duration grace) {
    return distance(time, calendar).filter(d -> d.compareTo(grace) <= 0).isPresent();
  }

  /**
   * How far this time is from the nearest duty, zero within one; empty where none lies between the
   * day before and the day after.
   */
  public Optional<Duration> distance(Instant time, WorkCalendar calendar) {
    LocalDate today = calendar.day(time);
    Duration nearest = null;
    for (int offset = -1; offset <= 1; offset++) {
      LocalDate day = today.plusDays(offset);
      for (Shift shift : shifts) {
        if (shift.beginsOn(day, calendar)) {
          Duration distance = distance(time, day, shift, calendar);
          nearest = nearest == null || distance.compareTo(nearest) < 0 ? distance : nearest;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@link #distance(Instant, WorkCalendar)} in ISO 8601, a day where there is none nearer. */
  public String distanceText(Instant time, WorkCalendar calendar) {
    Duration distance = distance(time, calendar).orElse(Duration.ofDays(1));
    return distance.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Duration distance(
      Instant time, LocalDate day, Shift shift, WorkCalendar calendar) {
    ZonedDateTime start = day.atTime(shift.from()).atZone(calendar.zone());
    LocalDate lastDay = shift.to().isAfter(shift.from()) ? day : day.plusDays(1);
    ZonedDateTime end = lastDay.atTime(shift.to()).atZone(calendar.zone());
    if (time.isBefore(start.toInstant())) {
      return Duration.between(time, start.toInstant());
    }
    if (time.isBefore(end.toInstant())) {
      return Duration.ZERO;
    }
    // The end itself is off duty already, so never zero.
    Duration after = Duration.between(end.toInstant(), time);
    return after.isZero() ? Duration.ofNanos(1) : after;
  }
}
