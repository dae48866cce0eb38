// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

/** Why a password is not accepted. */
public enum PasswordProblem {
  TOO_SHORT,
  TOO_LONG,
  /** Fewer than three of: lower case, upper case, digit, other. */
  TOO_SIMPLE,
  /** Holds the account's name. */
  HOLDS_NAME,
  /** The same as the one before. */
  UNCHANGED,
  /** One of the passwords attackers try first, or one character or sequence over and over. */
  COMMON;

  /** Key of the translated message. */
  public String messageKey() {
    return "password.problem." + name();
  }
}
