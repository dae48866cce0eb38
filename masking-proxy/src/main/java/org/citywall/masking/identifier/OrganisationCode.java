// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

/**
 * Organisation code 组织机构代码 (GB 11714): eight of {@code 0-9A-Z} and a check character, no hyphen.
 */
public final class OrganisationCode {

  private static final int LENGTH = 9;
  private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

  private OrganisationCode() {}

  /** Whether this is a code of nine characters with the right check character. */
  public static boolean isValid(CharSequence text) {
    return text.length() == LENGTH
        && bodyIsWellFormed(text)
        && text.charAt(LENGTH - 1) == checkCharacter(text);
  }

  /** Check character of the first eight characters; what follows them is not read. */
  public static char checkCharacter(CharSequence text) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += Character.digit(text.charAt(i), 36) * WEIGHTS[i];
    }
    int check = 11 - sum % 11;
    return switch (check) {
      case 10 -> 'X';
      case 11 -> '0';
      default -> (char) ('0' + check);
    };
  }

  /** The code with these first eight characters. */
  public static String of(String body) {
    if (body.length() != WEIGHTS.length || !bodyIsWellFormed(body)) {
      throw new IllegalArgumentException("the body of an organisation code has 8 of 0-9A-Z");
    }
    return body + checkCharacter(body);
  }

  private static boolean bodyIsWellFormed(CharSequence text) {
    for (int i = 0; i < WEIGHTS.length; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }
}
