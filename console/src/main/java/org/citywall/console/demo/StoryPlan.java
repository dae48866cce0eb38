// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/** When each story takes place, counted back from the end of the history. */
final class StoryPlan {

  /** Audit source of the database that falls silent. */
  static final String SILENT_ORIGIN = "db-audit/pg-05";

  private static final Duration WALK = Duration.ofMinutes(35);

  private final CityCalendar calendar;
  private final LocalDate lastNight;
  private final LocalDate today;

  StoryPlan(Instant end, CityCalendar calendar) {
    this.calendar = calendar;
    today = end.atZone(CityCalendar.ZONE).toLocalDate();
    Instant tonight = at(today, 23, 40);
    lastNight = tonight.plus(WALK).isBefore(end) ? today : previousNight(end);
  }

  // Just after midnight the walk that began yesterday at 23:40 would not be over yet.
  private LocalDate previousNight(Instant end) {
    LocalDate yesterday = today.minusDays(1);
    return at(yesterday, 23, 40).plus(WALK).isBefore(end) ? yesterday : yesterday.minusDays(1);
  }

  List<Story> stories(Cast cast) {
    Instant walk = at(lastNight, 23, 40);
    Instant export = at(calendar.workdayBefore(today, 3), 15, 20);
    Instant licensed = at(calendar.workdayBefore(today, 5), 10, 5);
    Instant silence = at(calendar.workdayBefore(today, 8), 14, 10);
    Instant guessing = at(today.minusDays(2), 4, 12);
    Instant batch = at(today.minusDays(4), 2, 0);
    Instant repair = at(today.minusDays(6), 22, 50);
    Instant mistyped = at(calendar.workdayBefore(today, 4), 8, 47);
    return List.of(
        story(StoryKind.EXPIRED_AGREEMENT_WALK, cast.walker().account(), walk, 35),
        story(StoryKind.BULK_EXPORT, cast.exporter().account(), export, 20),
        story(StoryKind.LICENSED_EXPORT, cast.licensedExporter().account(), licensed, 20),
        story(StoryKind.SILENT_SOURCE, SILENT_ORIGIN, silence, 40),
        story(StoryKind.BRUTE_FORCE, cast.victim().account(), guessing, 10),
        story(StoryKind.NIGHTLY_BATCH, "svc-gaj-batch", batch, 40),
        story(StoryKind.ON_CALL_REPAIR, cast.onCallEngineer().account(), repair, 30),
        story(StoryKind.MISTYPED_PASSWORD, cast.forgetful().account(), mistyped, 5));
  }

  private static Story story(StoryKind kind, String actor, Instant from, int minutes) {
    return new Story(kind, actor, from, from.plus(Duration.ofMinutes(minutes)));
  }

  private static Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(LocalTime.of(hour, minute)).atZone(CityCalendar.ZONE).toInstant();
  }
}
