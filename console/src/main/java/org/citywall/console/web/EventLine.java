// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one row: when, where from, who, and what in one line.
 *
 * @param outcome success, failure or another word of the source; null where it gave none
 */
record EventLine(
    long leaf,
    EntryKind kind,
    Instant at,
    String source,
    @Nullable String who,
    @Nullable String action,
    String text,
    @Nullable String outcome) {

  private static final int MAX_TEXT = 400;

  static EventLine of(LoggedEntry entry) {
    Event event = entry.event();
    String host = event.text(Field.HOST_NAME);
    return new EventLine(
        entry.leaf(),
        entry.kind(),
        event.timestamp(),
        Legible.line(host == null ? event.position().source() : host),
        line(event.text(Field.USER_NAME)),
        line(event.text(Field.EVENT_ACTION)),
        Legible.line(shorten(text(event))),
        line(event.text(Field.EVENT_OUTCOME)));
  }

  private static String text(Event event) {
    String message = event.text(Field.MESSAGE);
    if (message != null) {
      return message;
    }
    List<String> parts = new ArrayList<>();
    add(parts, event.text(Field.DB_OPERATION));
    parts.addAll(event.texts(Field.DB_TABLE));
    add(parts, event.text(Field.GOV_INCIDENT_ID));
    add(parts, event.text(Field.GOV_INCIDENT_STATE));
    add(parts, event.text(Field.GOV_NOTE));
    if (parts.isEmpty()) {
      add(parts, event.text(Field.EVENT_ACTION));
    }
    return parts.isEmpty() ? event.position().source() : String.join(" ", parts);
  }

  private static void add(List<String> parts, @Nullable String part) {
    if (part != null) {
      parts.add(part);
    }
  }

  private static @Nullable String line(@Nullable String text) {
    return text == null ? null : Legible.line(text);
  }

  private static String shorten(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "\u2026";
  }
}
