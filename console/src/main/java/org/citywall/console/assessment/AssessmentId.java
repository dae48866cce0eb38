// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import org.citywall.console.ConsoleErrorCode;

/** Number of an assessment round, written {@code ASM-0001}. */
public record AssessmentId(long ordinal) {

  private static final String PREFIX = "ASM-";

  /** The number of a text; fails as an unknown one where it is none. */
  public static AssessmentId parse(String text) {
    return new AssessmentId(Numbers.parse(PREFIX, text, ConsoleErrorCode.ASSESSMENT_UNKNOWN));
  }

  @Override
  public String toString() {
    return Numbers.text(PREFIX, ordinal);
  }
}
