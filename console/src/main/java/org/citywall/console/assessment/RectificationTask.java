// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.LocalDate;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.jspecify.annotations.Nullable;

/**
 * The mending of one finding (整改).
 *
 * @param owner who has to mend it
 * @param found what the item came to
 * @param before what the assessor wrote about it
 * @param after what shows that it is mended; null until somebody says so
 */
public record RectificationTask(
    TaskId id,
    long version,
    AssessmentId assessment,
    SystemId system,
    ItemKey key,
    RiskGrade grade,
    State state,
    String owner,
    LocalDate due,
    Result found,
    String before,
    @Nullable String after) {

  /** How far it is. */
  public enum State {
    OPEN,
    /** The owner says that it is mended; it waits for a retest. */
    MENDED,
    CLOSED
  }

  public boolean overdue(LocalDate today) {
    return state != State.CLOSED && due.isBefore(today);
  }
}
