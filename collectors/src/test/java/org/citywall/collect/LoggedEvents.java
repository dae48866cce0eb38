// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;

/** What a collector has put into a log, as a test asks for it. */
record LoggedEvents(MemoryLog log) {

  static final String REPORTS = "citywall/collector";

  /** Events of this source. */
  List<Event> of(String source) {
    return log.read(0, Integer.MAX_VALUE).stream()
        .map(LoggedEntry::event)
        .filter(event -> event.position().source().equals(source))
        .toList();
  }

  /** Events of this source, after waiting for so many of them. */
  List<Event> await(String source, int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> of(source), events -> events.size() >= count);
  }

  /** What the collector has reported with this action. */
  List<Event> reports(String action) {
    return of(REPORTS).stream()
        .filter(event -> action.equals(event.text(Field.EVENT_ACTION)))
        .toList();
  }

  /** Reports with this action, after waiting for so many of them. */
  List<Event> awaitReports(String action, int count) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> reports(action), reports -> reports.size() >= count);
  }

  /**
   * Lets this time and a minute more pass, and returns when the collector has acted on the time.
   */
  void pass(Duration time, MutableClock clock) {
    clock.advance(time);
    awaitTickAt(clock.instant());
    // It acts on the time behind each tick: the next tick shows that it has.
    clock.advance(Duration.ofMinutes(1));
    awaitTickAt(clock.instant());
  }

  private void awaitTickAt(Instant time) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> of("citywall/tick"),
            ticks -> !ticks.isEmpty() && !ticks.getLast().timestamp().isBefore(time));
  }
}
