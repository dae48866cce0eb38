// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/** Replacements within a text, which do not overlap. */
final class Edits {

  private record Edit(int end, String text) {}

  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  /** Puts a text in the place of another one; {@code start == end} inserts. */
  void replace(int start, int end, String text) {
    Map.Entry<Integer, Edit> before = edits.floorEntry(start);
    Map.Entry<Integer, Edit> behind = edits.ceilingEntry(start);
    boolean overlaps =
        before != null && (before.getKey() == start || before.getValue().end > start)
            || behind != null && behind.getKey() < end;
    if (overlaps) {
      throw new StatementRefused(
          MaskingErrorCode.CONSTRUCT_REFUSED, "two names at one place", start);
    }
    edits.put(start, new Edit(end, text));
  }

  String applied(String sql) {
    return edits.isEmpty() ? sql : applied(sql, 0, sql.length());
  }

  /**
   * The text with its replacements, cut where these tokens stand; empty where a replacement touches
   * one of them.
   */
  Optional<List<String>> applied(String sql, List<Token> leftOut) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (Token token : leftOut) {
      Map.Entry<Integer, Edit> before = edits.lowerEntry(token.end());
      if (before != null && before.getValue().end > token.start()
          || before != null && before.getKey() > token.start()) {
        return Optional.empty();
      }
      pieces.add(applied(sql, from, token.start()));
      from = token.end();
    }
    pieces.add(applied(sql, from, sql.length()));
    return Optional.of(pieces);
  }

  /** A part between whose ends replacements begin and end. */
  private String applied(String sql, int start, int end) {
    StringBuilder result = new StringBuilder();
    int from = start;
    for (Map.Entry<Integer, Edit> edit : edits.subMap(start, true, end, true).entrySet()) {
      result.append(sql, from, edit.getKey()).append(edit.getValue().text());
      from = edit.getValue().end();
    }
    return result.append(sql, from, end).toString();
  }
}
