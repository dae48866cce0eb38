// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;

/** Number of a run of checks, written {@code RUN-0001}. */
public record CheckRunId(long ordinal) {

  private static final String PREFIX = "RUN-";
  private static final int LEAST_DIGITS = 4;

  /** Reads one; {@code CON-0075} where it is none. */
  public static CheckRunId parse(String text) {
    if (text.matches(PREFIX + "[0-9]{4,12}")) {
      return new CheckRunId(Long.parseLong(text.substring(PREFIX.length())));
    }
    throw new PlatformException(ConsoleErrorCode.CHECK_RUN_UNKNOWN, text);
  }

  @Override
  public String toString() {
    String digits = Long.toString(ordinal);
    return PREFIX + "0".repeat(Math.max(0, LEAST_DIGITS - digits.length())) + digits;
  }
}
