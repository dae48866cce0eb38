// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Duration;
import java.util.Set;
import org.citywall.console.ConsoleErrorCode;

/** How a change of password ended. */
public sealed interface PasswordChange {

  /** Done; other sessions of the account end. */
  record Changed(Account account) implements PasswordChange {}

  /** The new password does not meet the policy ({@code CON-0013}). */
  record Unfit(Set<PasswordProblem> problems) implements PasswordChange {
    public Unfit {
      problems = Set.copyOf(problems);
    }
  }

  /**
   * The current password is wrong ({@code CON-0014}), the account is locked ({@code CON-0011}), or
   * the address is ({@code CON-0012}, {@code CON-0018}).
   */
  record Refused(ConsoleErrorCode code, Duration retryAfter) implements PasswordChange {}
}
