// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Correct-Horse-77-Battery", "gr8 Wall of Hangzhou", "西湖十景 Autumn 9", "tK7#mQ2$xV"})
  void acceptsLongMixedPasswords(String password) {
    assertThat(PasswordPolicy.problems("li", password)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ab3-xyz, TOO_SHORT",
    "onlylowercaseletters, TOO_SIMPLE",
    "Xq7-zhangmin-4Kp, HOLDS_NAME",
    "Xq7-ZhangMin-4Kp, HOLDS_NAME",
    "Password-12, COMMON",
    "P@ssw0rd!Aa, COMMON",
    "1qaz2wsx!Aa, COMMON",
    "Xq7-aaaaa-4Kp, COMMON",
    "Xq-56789-Kpzz, COMMON"
  })
  void refuses(String password, PasswordProblem problem) {
    assertThat(PasswordPolicy.problems("zhangmin", password)).containsExactly(problem);
  }

  @Test
  void countsCharactersNotBytes() {
    assertThat(PasswordPolicy.problems("li", "Aa1" + "湖".repeat(Accounts.MAX_PASSWORD)))
        .contains(PasswordProblem.TOO_LONG);
  }
}
