// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;

/** How numbers of registers are written. */
final class Numbers {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{4,12}");
  private static final int LEAST_DIGITS = 4;

  private Numbers() {}

  static String text(String prefix, long ordinal) {
    String digits = Long.toString(ordinal);
    return prefix + "0".repeat(Math.max(0, LEAST_DIGITS - digits.length())) + digits;
  }

  static long parse(String prefix, String text, ConsoleErrorCode unknown) {
    String digits = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
    if (!DIGITS.matcher(digits).matches()) {
      throw new PlatformException(unknown, "no number " + prefix + "0001");
    }
    return Long.parseLong(digits);
  }
}
