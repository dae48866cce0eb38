// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.LoggedEntry;

/** Writes the entries of a test: each call appends one, at the story's time. */
final class Story {

  /** Rules are compiled once for all tests: it takes seconds. */
  static final RulePack RULES = RulePack.builtIn();

  private final List<LoggedEntry> entries = new ArrayList<>();
  private Instant now;
  private long sequence;

  Story(String start) {
    now = Instant.parse(start);
  }

  Story pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  Story at(String time) {
    now = Instant.parse(time);
    return this;
  }

  Instant now() {
    return now;
  }

  Story login(String outcome, String source, String account) {
    return event(
        e ->
            e.put(Field.EVENT_CATEGORY, List.of("authentication"))
                .put(Field.EVENT_OUTCOME, outcome)
                .put(Field.EVENT_PROVIDER, "sshd")
                .put(Field.SOURCE_IP, source)
                .put(Field.HOST_NAME, "gw-01")
                .put(Field.USER_NAME, account));
  }

  Story logins(int count, Duration apart, String outcome, String source, String account) {
    for (int i = 0; i < count; i++) {
      login(outcome, source, account).pass(apart);
    }
    return this;
  }

  Story read(String account, String table, long rows) {
    return event(e -> access(e, account, table, rows));
  }

  static Event.Builder access(Event.Builder event, String account, String table, long rows) {
    return event
        .put(Field.EVENT_CATEGORY, List.of("database"))
        .put(Field.USER_NAME, account)
        .put(Field.DB_TABLE, List.of(table))
        .put(Field.DB_STATEMENT_HASH, "d1")
        .put(Field.DB_ROWS_RETURNED, rows);
  }

  Story source(String action, String origin, long seconds) {
    return event(
        e ->
            e.put(Field.EVENT_ACTION, action)
                .put(Field.GOV_ORIGIN_ID, origin)
                .put(Field.GOV_SILENCE_SECONDS, seconds));
  }

  Story event(Consumer<Event.Builder> fields) {
    return entry(EntryKind.EVENT, now, fields);
  }

  Story tick() {
    return entry(EntryKind.TICK, now, e -> {});
  }

  Story entry(EntryKind kind, Instant timestamp, Consumer<Event.Builder> fields) {
    Event.Builder event = Event.builder(new SourcePosition("test", 1, ++sequence), timestamp, now);
    fields.accept(event);
    entries.add(new LoggedEntry(entries.size(), kind, event.build()));
    return this;
  }

  /** An event that a source numbered itself. */
  Story as(SourcePosition position, Instant timestamp, Consumer<Event.Builder> fields) {
    Event.Builder event = Event.builder(position, timestamp, now);
    fields.accept(event);
    entries.add(new LoggedEntry(entries.size(), EntryKind.EVENT, event.build()));
    return this;
  }

  /** Appends the last entry again, as a source does that did not hear of its receipt. */
  Story again() {
    LoggedEntry last = entries.getLast();
    entries.add(new LoggedEntry(entries.size(), last.kind(), last.event()));
    return this;
  }

  List<LoggedEntry> entries() {
    return List.copyOf(entries);
  }

  /** What detection says about the story, with the default bounds. */
  List<AlertUpdate> updates(Context context) {
    try (var engine = new DetectionEngine(RULES, context, EngineOptions.DEFAULT)) {
      return feed(engine, entries);
    }
  }

  /** The last state of each alert, in the order in which they were raised. */
  List<Alert> alerts(Context context) {
    return last(updates(context));
  }

  static List<AlertUpdate> feed(DetectionEngine engine, List<LoggedEntry> entries) {
    List<AlertUpdate> updates = new ArrayList<>();
    entries.forEach(entry -> updates.addAll(engine.accept(entry)));
    return updates;
  }

  static List<Alert> last(List<AlertUpdate> updates) {
    var byId = new java.util.LinkedHashMap<AlertId, Alert>();
    updates.forEach(update -> byId.put(update.alert().id(), update.alert()));
    return List.copyOf(byId.values());
  }
}
