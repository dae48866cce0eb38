// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Duration;
import org.citywall.console.ConsoleErrorCode;

/** How an attempt to log in ended. */
public sealed interface LogIn {

  /** The password is right. */
  record Granted(Account account) implements LogIn {}

  /**
   * Refused: {@code CON-0010} wrong name or password, or the account is closed or locked (never
   * which of them), {@code CON-0012} too many attempts from the address, {@code CON-0018} the
   * address is locked.
   *
   * @param retryAfter when another attempt makes sense; zero for at once
   */
  record Refused(ConsoleErrorCode code, Duration retryAfter) implements LogIn {}
}
