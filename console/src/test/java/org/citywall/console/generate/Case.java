// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/** An instance with its events, and everything else that happened, for those who judge it. */
record Case(Truth truth, List<Event> events, World world) {

  static final long MINUTE = 60_000_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** All events of a run by account, and the approvals. */
  record World(
      GeneratorOptions options,
      Map<String, List<Event>> byAccount,
      Map<String, List<Event>> calls,
      List<Tickets.Ticket> tickets,
      City city,
      WatchedRecords watched) {

    boolean hasTicket(String kind, String subject, long at) {
      return tickets.stream()
          .anyMatch(
              t ->
                  t.kind().equals(kind)
                      && t.subject().equals(subject)
                      && t.from() <= at
                      && at < t.to());
    }
  }

  /** Events with this action. */
  List<Event> doing(String... actions) {
    return events.stream()
        .filter(e -> Arrays.asList(actions).contains(text(e, Field.EVENT_ACTION)))
        .toList();
  }

  List<Event> statements() {
    return doing("sql-statement");
  }

  boolean ticket(String kind, Event event) {
    return world.hasTicket(kind, text(event, Field.USER_NAME), event.receivedMicros());
  }

  /** What the account did besides this instance. */
  List<Event> ordinary(String account) {
    Set<Event> own = new HashSet<>(events);
    return world.byAccount().getOrDefault(account, List.of()).stream()
        .filter(e -> !own.contains(e))
        .toList();
  }

  static String text(Event event, Field field) {
    String text = event.text(field);
    return text == null ? "" : text;
  }

  static long at(Event event) {
    return event.receivedMicros();
  }

  static long rows(Event event) {
    return event.number(Field.DB_ROWS_RETURNED, 0);
  }

  static long level(Event event) {
    return event.number(Field.GOV_DATA_LEVEL, 0);
  }

  /** The largest sum within so many microseconds. */
  static long most(List<Event> events, long span, ToLongFunction<Event> value) {
    long best = 0;
    for (Event first : events) {
      long sum = 0;
      for (Event event : events) {
        if (at(event) >= at(first) && at(event) < at(first) + span) {
          sum += value.applyAsLong(event);
        }
      }
      best = Math.max(best, sum);
    }
    return best;
  }

  static Set<String> distinct(Collection<Event> events, Field field) {
    return events.stream().map(e -> text(e, field)).collect(Collectors.toSet());
  }

  static Set<String> words(Collection<Event> events, Field field) {
    return events.stream().flatMap(e -> e.texts(field).stream()).collect(Collectors.toSet());
  }

  static long span(List<Event> events) {
    return events.isEmpty() ? 0 : at(events.getLast()) - at(events.getFirst());
  }

  /** The most distinct words within so many microseconds. */
  static int mostWords(List<Event> events, long span, Field field) {
    int best = 0;
    for (Event first : events) {
      List<Event> within = new ArrayList<>();
      for (Event event : events) {
        if (at(event) >= at(first) && at(event) < at(first) + span) {
          within.add(event);
        }
      }
      best = Math.max(best, words(within, field).size());
    }
    return best;
  }
}
