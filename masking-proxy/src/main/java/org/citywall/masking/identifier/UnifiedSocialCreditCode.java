// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

/**
 * Unified social credit code 统一社会信用代码 (GB 32100-2015): department (1), category (1), region (6),
 * organisation code (9), check character; alphabet without I, O, S, V, Z.
 */
public final class UnifiedSocialCreditCode {

  private static final int LENGTH = 18;
  private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final int[] WEIGHTS = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
  };

  private UnifiedSocialCreditCode() {}

  /**
   * Whether this is a code with right check characters, its own and that of the organisation code.
   */
  public static boolean isValid(CharSequence text) {
    return text.length() == LENGTH
        && inAlphabet(text)
        && ResidentId.allDigits(text.subSequence(2, 8), 6)
        && OrganisationCode.isValid(text.subSequence(8, 17))
        && text.charAt(LENGTH - 1) == checkCharacter(text);
  }

  /** Check character of the first 17 characters; what follows them is not read. */
  public static char checkCharacter(CharSequence text) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += ALPHABET.indexOf(text.charAt(i)) * WEIGHTS[i];
    }
    return ALPHABET.charAt((31 - sum % 31) % 31);
  }

  /**
   * The code with these parts.
   *
   * @param category department and category, two characters: 91 a company, 11 a state organ
   * @param region six digits (GB/T 2260)
   * @param organisationBody first eight characters of the organisation code
   */
  public static String of(String category, String region, String organisationBody) {
    String body = category + region + OrganisationCode.of(organisationBody);
    if (body.length() != LENGTH - 1 || !inAlphabet(body)) {
      throw new IllegalArgumentException("not the parts of a unified social credit code");
    }
    return body + checkCharacter(body);
  }

  private static boolean inAlphabet(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
