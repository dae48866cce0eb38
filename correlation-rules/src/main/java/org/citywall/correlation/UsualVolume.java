// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.TrailWatch.Setup;
import org.jspecify.annotations.Nullable;

/**
 * Learns how many rows each account reads of each level in an hour (for scenario 1): sums by hour
 * over a month, of hours of one class (working hours, other hours of working days, days of rest).
 * What is usual on a day is told by the days up to the day before yesterday, so that it does not
 * change while entries of today or yesterday are read again.
 */
final class UsualVolume {

  private static final long HOUR = 3_600_000_000L;
  private static final int HISTORY_DAYS = 30;
  private static final int UNUSED_DAYS = 2;

  private enum HourClass {
    WORK,
    EVENING,
    REST
  }

  private final RuleMetadata rule;
  private final RowLimits limits;
  private @Nullable TrailWatch watch;

  UsualVolume(RuleMetadata rule) {
    this.rule = rule;
    limits = new RowLimits(rule);
  }

  /** The watch that learns. */
  Watch learning(EngineOptions options, Map<String, String> lasting) {
    TrailWatch learning = new TrailWatch(setup(), options, lasting);
    watch = learning;
    return learning;
  }

  private Setup setup() {
    return new Setup(
        rule,
        Set.of(FactKind.ACCESS),
        Duration.ofHours(1),
        Duration.ofDays(HISTORY_DAYS + UNUSED_DAYS + 1),
        1,
        (r, fact, context, memory) -> {
          if (fact.rows() > 0 && fact.level() > 0) {
            memory.add(key(fact.account(), fact.level()), "", fact.rows());
          }
        },
        this::learn);
  }

  static String key(String account, int level) {
    return account + " L" + level;
  }

  // What is over the limit teaches no more than the limit: nobody gets used to being robbed.
  private void learn(RuleMetadata r, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long hour = Math.floorDiv(fact.micros(), HOUR);
    trail.addTo(hour, fact.rows(), hour - 24L * (HISTORY_DAYS + UNUSED_DAYS + 1));
    if (trail.number(hour, 0) > limits.of(fact.type(), fact.level(), context)) {
      long most = limit(trail.key(), fact.type(), fact.level(), fact.micros(), context);
      trail.put(hour, Math.min(trail.number(hour, 0), most));
    }
  }

  /** What the account may read in an hour: what is agreed, or a multiple of what is usual. */
  long limit(String key, PersonType type, int level, long micros, ContextIndex context) {
    long agreed = limits.of(type, level, context);
    long usual = rule.number("usual-times") * of(key, micros, context);
    // What a clerk is used to is no reason to read the whole register.
    long ceiling = agreed > Long.MAX_VALUE / 100 ? agreed : agreed * rule.number("usual-most");
    return Math.max(agreed, Math.min(usual, ceiling));
  }

  /**
   * Rows that all but 0.5 percent of the hours like this one do not exceed; 0 while too little was
   * learned.
   */
  long of(String key, long micros, ContextIndex context) {
    Trail trail = watch == null ? null : watch.peek(key);
    if (trail == null) {
      return 0;
    }
    WorkCalendar calendar = context.context().calendar();
    HourClass wanted = classOf(micros, calendar);
    LocalDate today = calendar.day(Micros.toInstant(micros));
    long last = startOf(today.minusDays(UNUSED_DAYS - 1), calendar);
    long first = startOf(today.minusDays(HISTORY_DAYS + UNUSED_DAYS - 1), calendar);
    List<Long> sums = new ArrayList<>();
    Set<LocalDate> days = new HashSet<>();
    trail
        .sums(first, last)
        .forEach(
            (hour, rows) -> {
              if (classOf(hour * HOUR, calendar) == wanted) {
                sums.add(rows);
                days.add(calendar.day(Micros.toInstant(hour * HOUR)));
              }
            });
    return days.size() < rule.number("learned-days") ? 0 : Volumes.quantile(sums, 995, 1000);
  }

  private static long startOf(LocalDate day, WorkCalendar calendar) {
    return day.atStartOfDay(calendar.zone()).toEpochSecond() / 3600;
  }

  private static HourClass classOf(long micros, WorkCalendar calendar) {
    var time = Micros.toInstant(micros).atZone(calendar.zone());
    if (!calendar.isWorkday(time.toLocalDate())) {
      return HourClass.REST;
    }
    LocalTime hour = time.toLocalTime();
    boolean works = hour.getHour() >= calendar.from().getHour() && hour.isBefore(calendar.to());
    return works ? HourClass.WORK : HourClass.EVENING;
  }
}
