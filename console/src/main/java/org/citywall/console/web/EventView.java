// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.jspecify.annotations.Nullable;

/**
 * One entry with everything it holds.
 *
 * @param rows header, fields and labels in the order of the registry
 * @param demo whether the entry is made up
 * @param original what was received, legible, or null where the entry has none
 * @param hexadecimal whether {@code original} is a dump because the bytes are no text
 */
record EventView(
    EventLine line,
    Event event,
    List<Row> rows,
    boolean demo,
    @Nullable String original,
    int originalBytes,
    boolean hexadecimal) {

  private static final int MAX_SKETCH = 32;

  /** A name and its value as text. */
  record Row(String name, String value) {}

  EventView {
    rows = List.copyOf(rows);
  }

  static EventView of(LoggedEntry entry, Display display) {
    Event event = entry.event();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(EventJson.TIMESTAMP, display.micros(event.timestampMicros())));
    rows.add(new Row(EventJson.RECEIVED, display.micros(event.receivedMicros())));
    event.forEach(
        (field, value) -> {
          if (field != Field.EVENT_ORIGINAL) {
            rows.add(new Row(field.fieldName(), text(field, value, display)));
          }
        });
    event
        .labels()
        .forEach((name, value) -> rows.add(new Row(EventJson.LABELS + name, Legible.text(value))));
    rows.add(new Row(EventJson.SOURCE_ID, Legible.line(event.position().source())));
    rows.add(new Row(EventJson.SOURCE_EPOCH, Long.toString(event.position().epoch())));
    rows.add(new Row(EventJson.SOURCE_SEQUENCE, Long.toString(event.position().sequence())));
    rows.add(new Row(EventJson.ID, event.id().toString()));
    byte[] original = event.bytes(Field.EVENT_ORIGINAL);
    Optional<String> text = original == null ? Optional.empty() : Legible.utf8(original);
    return new EventView(
        EventLine.of(entry),
        event,
        rows,
        EventLine.isDemo(entry),
        original == null ? null : text.map(Legible::text).orElseGet(() -> Legible.hex(original)),
        original == null ? 0 : original.length,
        original != null && text.isEmpty());
  }

  private static String text(Field field, Object value, Display display) {
    return switch (field.type()) {
      case KEYWORD, TEXT, IP -> Legible.text((String) value);
      case LONG -> field == Field.EVENT_DURATION ? display.nanos((Long) value) : value.toString();
      case BOOLEAN -> value.toString();
      case TIMESTAMP -> display.micros((Long) value);
      case KEYWORDS ->
          Legible.line(
              String.join(", ", ((List<?>) value).stream().map(Object::toString).toList()));
      case BINARY -> sketch((byte[]) value);
    };
  }

  private static String sketch(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_SKETCH));
    return bytes.length > MAX_SKETCH ? hex + "\u2026 (" + bytes.length + " B)" : hex;
  }
}
