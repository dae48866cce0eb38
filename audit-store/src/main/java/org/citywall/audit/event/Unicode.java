// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.util.Comparator;

/** What canonical bytes need of UTF-8: text that has an encoding, and the order of its bytes. */
final class Unicode {

  /** Order of UTF-8 bytes, which is the order of code points. */
  static final Comparator<String> UTF8_ORDER = Unicode::compareCodePoints;

  private Unicode() {}

  /** The text with each lone surrogate replaced by U+FFFD; the same object where there is none. */
  static String withoutLoneSurrogates(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < length
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return replaceFrom(text, i);
        }
      }
    }
    return text;
  }

  private static String replaceFrom(String text, int first) {
    StringBuilder clean = new StringBuilder(text.length()).append(text, 0, first);
    text.substring(first)
        .codePoints()
        .forEach(c -> clean.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
    return clean.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static int compareCodePoints(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xs = Character.isSurrogate(x);
        boolean ys = Character.isSurrogate(y);
        // A surrogate stands for a code point above every char that is none.
        return xs == ys ? Character.compare(x, y) : xs ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
