// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a password must be: long enough, of three kinds of characters, not the account's name and
 * not among what attackers try first (GB/T 22239 asks for complexity and change of given
 * passwords).
 */
final class PasswordPolicy {

  private static final int KINDS = 3;
  private static final int MAX_RUN = 4;

  /** Hearts of the passwords that head the published lists, and what people put here first. */
  private static final Set<String> COMMON =
      Set.of(
          "password",
          "passw0rd",
          "p@ssw0rd",
          "p@ssword",
          "123456",
          "abc123",
          "qwerty",
          "qwer1234",
          "1qaz2wsx",
          "1q2w3e4r",
          "iloveyou",
          "welcome",
          "letmein",
          "changeme",
          "citywall",
          "admin",
          "administrator",
          "root",
          "5201314",
          "woaini",
          "a123456",
          "zxcvbn",
          "test");

  private PasswordPolicy() {}

  static Set<PasswordProblem> problems(String account, String password) {
    Set<PasswordProblem> problems = EnumSet.noneOf(PasswordProblem.class);
    int length = password.codePointCount(0, password.length());
    if (length < Accounts.MIN_PASSWORD) {
      problems.add(PasswordProblem.TOO_SHORT);
    }
    if (length > Accounts.MAX_PASSWORD) {
      problems.add(PasswordProblem.TOO_LONG);
    }
    if (kinds(password) < KINDS) {
      problems.add(PasswordProblem.TOO_SIMPLE);
    }
    String lower = password.toLowerCase(Locale.ROOT);
    if (account.length() > 2 && lower.contains(account.toLowerCase(Locale.ROOT))) {
      problems.add(PasswordProblem.HOLDS_NAME);
    }
    if (common(lower) || hasRun(lower)) {
      problems.add(PasswordProblem.COMMON);
    }
    return problems;
  }

  private static long kinds(String password) {
    return password
        .codePoints()
        .map(
            c -> {
              if (Character.isLowerCase(c)) {
                return 0;
              }
              if (Character.isUpperCase(c)) {
                return 1;
              }
              return Character.isDigit(c) ? 2 : 3;
            })
        .distinct()
        .count();
  }

  /** A common password with a few characters around it is still the common password. */
  private static boolean common(String lower) {
    return COMMON.stream()
        .anyMatch(word -> lower.contains(word) && lower.length() - word.length() <= MAX_RUN);
  }

  /**
   * More than four equal or consecutive characters in a row, as in {@code aaaaa} or {@code 12345}.
   */
  private static boolean hasRun(String lower) {
    int equal = 1;
    int rising = 1;
    for (int i = 1; i < lower.length(); i++) {
      int step = lower.charAt(i) - lower.charAt(i - 1);
      equal = step == 0 ? equal + 1 : 1;
      rising = step == 1 ? rising + 1 : 1;
      if (equal > MAX_RUN || rising > MAX_RUN) {
        return true;
      }
    }
    return false;
  }
}
