// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Map;
import java.util.TreeMap;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;

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
    if (edits.isEmpty()) {
      return sql;
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    for (Map.Entry<Integer, Edit> edit : edits.entrySet()) {
      result.append(sql, from, edit.getKey()).append(edit.getValue().text());
      from = edit.getValue().end();
    }
    return result.append(sql, from, sql.length()).toString();
  }
}
