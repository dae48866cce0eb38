// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

/**
 * Mobile number 手机号码 of mainland China: eleven digits, first 1, second 3 to 9, with or without the
 * prefix {@code +86} or {@code 86} and one blank or hyphen. There is no check digit.
 */
public final class MobileNumber {

  private static final int LENGTH = 11;

  private MobileNumber() {}

  public static boolean isValid(CharSequence text) {
    int from = numberStart(text);
    return text.length() - from == LENGTH
        && text.charAt(from) == '1'
        && text.charAt(from + 1) >= '3'
        && ResidentId.allDigits(text.subSequence(from, text.length()), LENGTH);
  }

  /**
   * The number of this network segment and subscriber.
   *
   * @param segment three digits, 130..199
   * @param subscriber 0..99999999
   */
  public static String of(int segment, int subscriber) {
    if (segment < 130 || segment > 199 || subscriber < 0 || subscriber > 99_999_999) {
      throw new IllegalArgumentException("a segment is 130..199, a subscriber has 8 digits");
    }
    return Long.toString(segment * 100_000_000L + subscriber);
  }

  private static int numberStart(CharSequence text) {
    int from = !text.isEmpty() && text.charAt(0) == '+' ? 1 : 0;
    boolean countryCode =
        text.length() > from + LENGTH && text.charAt(from) == '8' && text.charAt(from + 1) == '6';
    if (!countryCode) {
      return 0;
    }
    char separator = text.charAt(from + 2);
    return from + (separator == ' ' || separator == '-' ? 3 : 2);
  }
}
