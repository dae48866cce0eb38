// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import org.jspecify.annotations.Nullable;

/** Turns the grammar's positions, in bytes of UTF-8, into indexes of the text. */
final class Positions {

  /** Index per byte; null where every character is one byte. */
  private final int @Nullable [] indexes;

  private Positions(int @Nullable [] indexes) {
    this.indexes = indexes;
  }

  static Positions of(String sql) {
    int bytes = 0;
    for (int i = 0; i < sql.length(); i++) {
      bytes += width(sql.charAt(i));
    }
    if (bytes == sql.length()) {
      return new Positions(null);
    }
    int[] indexes = new int[bytes + 1];
    int at = 0;
    for (int i = 0; i < sql.length(); i++) {
      for (int left = width(sql.charAt(i)); left > 0; left--) {
        indexes[at++] = i;
      }
    }
    indexes[at] = sql.length();
    return new Positions(indexes);
  }

  /** Bytes of a unit; each half of a pair has two of its four. */
  private static int width(char c) {
    return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  int index(int location) {
    return indexes == null || location < 0 ? location : indexes[location];
  }
}
