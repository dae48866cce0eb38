// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one row: when, where from, who, and what in a few words.
 *
 * @param outcome success, failure or another word of the source; null where it gave none
 */
record EventLine(
    long leaf,
    EntryKind kind,
    Instant at,
    String source,
    @Nullable String who,
    @Nullable String address,
    @Nullable String action,
    List<Word> words,
    @Nullable String outcome) {

  private static final int MAX_TEXT = 400;

  /** Mark of made-up events. */
  private static final String DEMO = "demo";

  /**
   * A part of what happened.
   *
   * @param key message key of its translation, which need not exist; empty for none
   */
  record Word(String text, String key) {}

  EventLine {
    words = List.copyOf(words);
  }

  static EventLine of(LoggedEntry entry) {
    Event event = entry.event();
    String host = event.text(Field.HOST_NAME);
    return new EventLine(
        entry.leaf(),
        entry.kind(),
        event.timestamp(),
        Legible.line(host == null ? event.position().source() : host),
        line(event.text(Field.USER_NAME)),
        event.text(Field.SOURCE_IP),
        line(event.text(Field.EVENT_ACTION)),
        words(event),
        line(event.text(Field.EVENT_OUTCOME)));
  }

  /** Whether the entry is part of the demo's made-up city. */
  static boolean isDemo(LoggedEntry entry) {
    return entry.event().texts(Field.TAGS).contains(DEMO);
  }

  /** What happened, untranslated. */
  public String getText() {
    return words.stream().map(Word::text).collect(Collectors.joining(" "));
  }

  private static List<Word> words(Event event) {
    List<Word> words = new ArrayList<>();
    String message = event.text(Field.MESSAGE);
    if (message != null) {
      add(words, message, "");
      return words;
    }
    add(words, event.text(Field.DB_OPERATION), "");
    event.texts(Field.DB_TABLE).forEach(table -> add(words, table, ""));
    add(words, event.text(Field.USER_TARGET_NAME), "");
    event.texts(Field.USER_ROLES).forEach(role -> add(words, role, "role."));
    add(words, event.text(Field.GOV_INCIDENT_ID), "");
    String state = event.text(Field.GOV_INCIDENT_STATE);
    add(words, state == null ? null : state.toLowerCase(Locale.ROOT), "state.");
    add(words, event.text(Field.EVENT_REASON), "why.");
    add(words, note(event.text(Field.GOV_NOTE)), "");
    if (words.isEmpty()) {
      event.texts(Field.GOV_LEAVES).stream().limit(1).forEach(leaf -> add(words, leaf, ""));
    }
    return words;
  }

  /** A search is noted by its address, which is easier to read without its escapes. */
  private static @Nullable String note(@Nullable String note) {
    if (note == null || !note.startsWith("/search")) {
      return note;
    }
    try {
      return URLDecoder.decode(note, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return note;
    }
  }

  private static void add(List<Word> words, @Nullable String text, String prefix) {
    if (text != null) {
      String shown = Legible.line(shorten(text));
      words.add(new Word(shown, prefix.isEmpty() ? "" : prefix + shown));
    }
  }

  private static @Nullable String line(@Nullable String text) {
    return text == null ? null : Legible.line(text);
  }

  private static String shorten(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "\u2026";
  }
}
