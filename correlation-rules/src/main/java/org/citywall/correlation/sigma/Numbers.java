// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** Numbers as events write them: decimal, or hexadecimal after {@code 0x}. */
final class Numbers {

  private Numbers() {}

  /** The number, or NaN for text that is none. */
  static double parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || !startsLikeANumber(stripped.charAt(0))) {
      return Double.NaN;
    }
    try {
      if (stripped.startsWith("0x") || stripped.startsWith("0X")) {
        return Long.parseUnsignedLong(stripped.substring(2), 16);
      }
      // The parser of the JDK also takes the suffixes of its own language.
      char last = stripped.charAt(stripped.length() - 1);
      return last >= '0' && last <= '9' || last == '.' ? Double.parseDouble(stripped) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean startsLikeANumber(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  /** As people write it: a whole number without a point. */
  static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
