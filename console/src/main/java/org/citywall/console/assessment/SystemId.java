// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import org.citywall.console.ConsoleErrorCode;

/** Number of a graded system, written {@code SYS-0001}. */
public record SystemId(long ordinal) {

  private static final String PREFIX = "SYS-";

  /** The number of a text; fails as an unknown one where it is none. */
  public static SystemId parse(String text) {
    return new SystemId(Numbers.parse(PREFIX, text, ConsoleErrorCode.SYSTEM_UNKNOWN));
  }

  @Override
  public String toString() {
    return Numbers.text(PREFIX, ordinal);
  }
}
