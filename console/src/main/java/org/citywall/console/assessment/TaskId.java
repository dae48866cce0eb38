// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import org.citywall.console.ConsoleErrorCode;

/** Number of a rectification task, written {@code RT-0001}. */
public record TaskId(long ordinal) {

  private static final String PREFIX = "RT-";

  /** The number of a text; fails as an unknown one where it is none. */
  public static TaskId parse(String text) {
    return new TaskId(Numbers.parse(PREFIX, text, ConsoleErrorCode.TASK_UNKNOWN));
  }

  @Override
  public String toString() {
    return Numbers.text(PREFIX, ordinal);
  }
}
