// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import org.jspecify.annotations.Nullable;

/** Cuts pieces out of a message. */
final class Words {

  private Words() {}

  /** What stands between these two, each at its first place, or null. */
  static @Nullable String between(String text, String before, String after) {
    int start = text.indexOf(before);
    if (start < 0) {
      return null;
    }
    start += before.length();
    int end = text.indexOf(after, start);
    return end < 0 ? null : text.substring(start, end);
  }

  /** The word behind this, up to a space or the end, or null. */
  static @Nullable String wordAfter(String text, String before) {
    int start = text.indexOf(before);
    return start < 0 ? null : word(text, start + before.length());
  }

  /** The word at this offset, up to a space or the end. */
  static String word(String text, int start) {
    int end = text.indexOf(' ', start);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  /** The text without this end, or as it is. */
  static String without(String text, String end) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }

  /** The text without the quotation marks around it, if it has any. */
  static String unquoted(String text) {
    int last = text.length() - 1;
    return last > 0 && text.charAt(0) == text.charAt(last) && isQuote(text.charAt(0))
        ? text.substring(1, last)
        : text;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
