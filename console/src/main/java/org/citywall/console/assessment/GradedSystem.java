// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A system of the register (定级对象).
 *
 * @param version counts changes; a change names the one it saw
 * @param owner unit that answers for it
 * @param core whether the city lists it as a core system
 * @param platform the cloud platform it runs on, itself in the register; null where on none
 * @param review of the grading by experts, or null
 * @param filing the filing certificate (备案), or null
 */
public record GradedSystem(
    SystemId id,
    long version,
    String name,
    String owner,
    boolean core,
    @Nullable SystemId platform,
    Grading grading,
    @Nullable ExpertReview review,
    @Nullable FilingRecord filing) {

  /** Opinion of experts on a grading. */
  public record ExpertReview(String by, LocalDate on) {}

  /**
   * A certificate of filing.
   *
   * @param until its last day
   */
  public record FilingRecord(String certificate, LocalDate on, LocalDate until) {}

  public int level() {
    return grading.level();
  }

  /** Whether it is a core system graded below three, which somebody has to explain. */
  public boolean coreBelowThree() {
    return core && level() < 3;
  }
}
