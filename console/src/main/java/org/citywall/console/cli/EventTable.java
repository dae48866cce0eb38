// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.jspecify.annotations.Nullable;

/**
 * Entries as a table for people: time, leaf, source, user, action, outcome, message. Control
 * characters of an event are shown as U+FFFD, so that no event can steer the terminal.
 */
final class EventTable implements EventWriter {

  private static final int MESSAGE_WIDTH = 100;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSxxx", Locale.ROOT);

  private final PrintWriter out;
  private final ZoneId zone;
  private boolean headed;

  EventTable(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  @Override
  public void write(LoggedEntry entry) {
    if (!headed) {
      row("TIME", "LEAF", "SOURCE", "USER", "ACTION", "OUTCOME", "MESSAGE");
      headed = true;
    }
    Event event = entry.event();
    row(
        TIME.format(event.timestamp().atZone(zone)),
        Long.toString(entry.leaf()),
        event.position().source(),
        event.text(Field.USER_NAME),
        event.text(Field.EVENT_ACTION),
        event.text(Field.EVENT_OUTCOME),
        event.text(Field.MESSAGE));
  }

  private void row(
      String time,
      String leaf,
      String source,
      @Nullable String user,
      @Nullable String action,
      @Nullable String outcome,
      @Nullable String message) {
    out.print(cell(time, 29) + "  " + cell(leaf, 9) + "  " + cell(source, 20));
    out.print("  " + cell(user, 14) + "  " + cell(action, 20) + "  " + cell(outcome, 8));
    out.print("  " + cell(message, MESSAGE_WIDTH).stripTrailing() + "\n");
  }

  /** The text in exactly this many columns. */
  private static String cell(@Nullable String text, int width) {
    StringBuilder cell = new StringBuilder();
    int used = 0;
    int[] codePoints = text == null ? new int[] {'-'} : text.codePoints().toArray();
    for (int i = 0; i < codePoints.length; i++) {
      int shown = isHarmless(codePoints[i]) ? codePoints[i] : 0xFFFD;
      boolean last = i == codePoints.length - 1;
      if (used + columns(shown) > (last ? width : width - 1)) {
        cell.append('…');
        used++;
        break;
      }
      cell.appendCodePoint(shown);
      used += columns(shown);
    }
    return cell.append(" ".repeat(Math.max(0, width - used))).toString();
  }

  /** Neither control nor invisible format characters, which can reverse or hide text. */
  private static boolean isHarmless(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE;
  }

  /** Ideographs and full-width forms take two columns. */
  private static int columns(int codePoint) {
    boolean wide =
        Character.isIdeographic(codePoint)
            || (codePoint >= 0x3000 && codePoint <= 0x30ff)
            || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
            || (codePoint >= 0xff01 && codePoint <= 0xff60);
    return wide ? 2 : 1;
  }
}
