// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;

/**
 * Measures text in a font and breaks it into lines: between Chinese characters and at spaces,
 * within a word only where the word is wider than a line. A closing mark begins no line, an opening
 * one ends none.
 */
final class PdfText {

  private static final String CLOSING = "，。、；：？！）〕》」』】〉”’%,.;:?!)]}";
  private static final String OPENING = "（〔《「『【〈“‘([{";
  private static final int LATIN_END = 0x2E7F;
  private static final int MAX_NAMED = 20;

  private final TrueTypeFont font;
  private final CmapLookup glyphs;
  private final Map<Integer, Double> widths = new HashMap<>();
  private final Set<Integer> missing = new TreeSet<>();

  PdfText(TrueTypeFont font) throws IOException {
    this.font = font;
    this.glyphs = font.getUnicodeCmapLookup();
  }

  /** Width in points at a size in points. */
  double width(String text, double size) {
    return text.codePoints().mapToDouble(this::em).sum() * size;
  }

  private double em(int c) {
    return widths.computeIfAbsent(
        c,
        one -> {
          int glyph = glyphs.getGlyphId(one);
          if (glyph == 0) {
            missing.add(one);
          }
          try {
            return (double) font.getAdvanceWidth(glyph) / font.getUnitsPerEm();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /** Fails with {@code CON-0051} where the font lacks a character that was measured. */
  void requireGlyphs() {
    if (!missing.isEmpty()) {
      throw new PlatformException(
          ConsoleErrorCode.REPORT_GLYPHS,
          missing.stream()
              .limit(MAX_NAMED)
              .map(c -> "U+" + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT))
              .collect(Collectors.joining(", ")));
    }
  }

  /** Lines of at most this width; at least one. */
  List<String> lines(String text, double width, double size) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    double used = 0;
    for (String unit : units(text)) {
      double wide = width(unit, size);
      if (used + wide > width && wide <= width && !line.isEmpty()) {
        used = end(lines, line);
      }
      if (wide <= width) {
        if (!line.isEmpty() || !unit.isBlank()) {
          line.append(unit);
          used += wide;
        }
      } else {
        used = hard(unit, width, size, line, lines);
      }
    }
    if (!line.isEmpty() || lines.isEmpty()) {
      end(lines, line);
    }
    return lines;
  }

  /** Adds a word that no line can hold, broken where lines end; returns the width used. */
  private double hard(
      String unit, double width, double size, StringBuilder line, List<String> lines) {
    double used = width(line.toString(), size);
    for (int at = 0; at < unit.length(); ) {
      String one = Character.toString(unit.codePointAt(at));
      double wide = width(one, size);
      if (used + wide > width && !line.isEmpty()) {
        used = end(lines, line);
      }
      line.append(one);
      used += wide;
      at += one.length();
    }
    return used;
  }

  private static double end(List<String> lines, StringBuilder line) {
    lines.add(line.toString().stripTrailing());
    line.setLength(0);
    return 0;
  }

  /** What stays together. */
  private static List<String> units(String text) {
    List<String> units = new ArrayList<>();
    StringBuilder unit = new StringBuilder();
    int before = ' ';
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int c = text.codePointAt(at);
      if (!unit.isEmpty() && breaks(before, c)) {
        units.add(unit.toString());
        unit.setLength(0);
      }
      unit.appendCodePoint(c);
      before = c;
    }
    if (!unit.isEmpty()) {
      units.add(unit.toString());
    }
    return units;
  }

  private static boolean breaks(int before, int c) {
    if (CLOSING.indexOf(c) >= 0 || OPENING.indexOf(before) >= 0) {
      return c == ' ';
    }
    return c == ' ' || before == ' ' || wide(before) || wide(c);
  }

  private static boolean wide(int c) {
    return c > LATIN_END || CLOSING.indexOf(c) >= 0 && c > 0x7F;
  }
}
