// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which days the city works; in its own time, {@code Asia/Shanghai}. */
final class CityCalendar {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final Map<LocalDate, Holiday> exceptions;

  CityCalendar(List<Holiday> holidays) {
    exceptions = holidays.stream().collect(Collectors.toMap(Holiday::date, Function.identity()));
  }

  static List<Holiday> holidays() {
    return SeedTable.rows("holidays-2026.tsv").stream()
        .map(
            row ->
                new Holiday(LocalDate.parse(row.get(0)), row.get(1).equals("workday"), row.get(2)))
        .toList();
  }

  boolean works(LocalDate day) {
    Holiday exception = exceptions.get(day);
    if (exception != null) {
      return exception.workday();
    }
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** The last working day that is at least this many days before the given one. */
  LocalDate workdayBefore(LocalDate day, int days) {
    LocalDate found = day.minusDays(days);
    while (!works(found)) {
      found = found.minusDays(1);
    }
    return found;
  }
}
