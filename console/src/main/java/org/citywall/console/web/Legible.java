// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Makes what a stranger sent safe to look at: characters that hide, reorder or move text are shown
 * by number, so that a line reads as it is stored. Markup is the template's business.
 */
final class Legible {

  private static final int HEX_ROW = 16;
  private static final int MAX_HEX = 4096;

  private Legible() {}

  /** One line or several, with line feeds and tabs kept. */
  static String text(String text) {
    StringBuilder shown = null;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      if (hides(c)) {
        if (shown == null) {
          shown = new StringBuilder(text.length() + 16).append(text, 0, at);
        }
        shown.append('\u2039').append(String.format(java.util.Locale.ROOT, "U+%04X", c));
        shown.append('\u203a');
      } else if (shown != null) {
        shown.appendCodePoint(c);
      }
      at = next;
    }
    return shown == null ? text : shown.toString();
  }

  /** As {@link #text} on one line. */
  static String line(String text) {
    return text(text.replace('\n', ' ').replace('\t', ' '));
  }

  /** The bytes as text if they are UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Rows of sixteen bytes with their offset, of the first 4 KiB. */
  static String hex(byte[] bytes) {
    StringBuilder rows = new StringBuilder();
    for (int at = 0; at < Math.min(bytes.length, MAX_HEX); at += HEX_ROW) {
      int end = Math.min(bytes.length, at + HEX_ROW);
      rows.append(String.format(java.util.Locale.ROOT, "%06x  ", at));
      rows.append(HexFormat.ofDelimiter(" ").formatHex(bytes, at, end)).append('\n');
    }
    return rows.toString();
  }

  private static boolean hides(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
