// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;

/**
 * Resident identity number 公民身份号码 (GB 11643-1999): region (6), birth date YYYYMMDD (8), sequence
 * (3, odd for men), check character (ISO 7064 MOD 11-2). The residence permits of Hong Kong, Macau
 * and Taiwan residents (regions 81 to 83) have the same form.
 */
public final class ResidentId {

  private static final int LENGTH = 18;
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final DateTimeFormatter BIRTH =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private ResidentId() {}

  /**
   * Whether this is an 18-character number with a real birth date and the right check character.
   */
  public static boolean isValid(CharSequence text) {
    if (text.length() != LENGTH || !allDigits(text, LENGTH - 1)) {
      return false;
    }
    char region = text.charAt(0);
    char century = text.charAt(6);
    return region >= '1'
        && region <= '8'
        && (century == '1' || century == '2')
        && hasRealBirthDate(text)
        && Character.toUpperCase(text.charAt(LENGTH - 1)) == checkCharacter(text);
  }

  /** Check character of the first 17 digits; what follows them is not read. */
  public static char checkCharacter(CharSequence text) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += Character.digit(text.charAt(i), 10) * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % 11);
  }

  /**
   * The number with these parts.
   *
   * @param region six digits (GB/T 2260)
   * @param sequence 0..999, odd for men
   */
  public static String of(String region, LocalDate birth, int sequence) {
    if (region.length() != 6 || !allDigits(region, 6) || sequence < 0 || sequence > 999) {
      throw new IllegalArgumentException("a region has 6 digits, a sequence at most 3");
    }
    String body = region + birth.format(BIRTH) + paddedToThree(sequence);
    return body + checkCharacter(body);
  }

  /** The 18-character form of a number of the first generation (region, YYMMDD, sequence). */
  public static String upgrade(CharSequence fifteenDigits) {
    if (fifteenDigits.length() != 15 || !allDigits(fifteenDigits, 15)) {
      throw new IllegalArgumentException("a number of the first generation has 15 digits");
    }
    String body = fifteenDigits.subSequence(0, 6) + "19" + fifteenDigits.subSequence(6, 15);
    return body + checkCharacter(body);
  }

  private static boolean hasRealBirthDate(CharSequence text) {
    try {
      int year = LocalDate.parse(text.subSequence(6, 14), BIRTH).getYear();
      return year >= 1800 && year < 2100;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String paddedToThree(int number) {
    return (number < 100 ? "0" : "") + (number < 10 ? "0" : "") + number;
  }

  static boolean allDigits(CharSequence text, int count) {
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
