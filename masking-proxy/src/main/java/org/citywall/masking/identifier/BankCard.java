// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

/** Bank card number 银行卡号: 16 to 19 digits, the last by Luhn's formula (ISO/IEC 7812-1 annex B). */
public final class BankCard {

  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 19;

  private BankCard() {}

  /** Whether length and check digit are right. One random text in ten passes: also ask the BIN. */
  public static boolean isValid(CharSequence text) {
    int length = text.length();
    return length >= MIN_LENGTH
        && length <= MAX_LENGTH
        && ResidentId.allDigits(text, length)
        && luhnSum(text, false) % 10 == 0;
  }

  /** Check digit that belongs behind these digits. */
  public static char checkDigit(CharSequence body) {
    return (char) ('0' + (10 - luhnSum(body, true) % 10) % 10);
  }

  /** The card number that begins with these 15 to 18 digits. */
  public static String of(String body) {
    if (body.length() < MIN_LENGTH - 1
        || body.length() >= MAX_LENGTH
        || !ResidentId.allDigits(body, body.length())) {
      throw new IllegalArgumentException("the body of a card number has 15 to 18 digits");
    }
    return body + checkDigit(body);
  }

  private static int luhnSum(CharSequence digits, boolean doubleLast) {
    int sum = 0;
    boolean twice = doubleLast;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = Character.digit(digits.charAt(i), 10) * (twice ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
      twice = !twice;
    }
    return sum;
  }
}
