// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.LocalDate;

/**
 * How a system was graded (定级): whose interests are hurt, and how badly, where its information (S)
 * or its service (A) is damaged. The level of the system (G) is the higher of the two.
 *
 * @param information business information security, S
 * @param service system service security, A
 */
public record Grading(Harm information, Harm service, LocalDate on) {

  /** Whose interests are hurt. */
  public enum Harmed {
    /** Rights of citizens, legal persons and other organisations. */
    PERSONS,
    /** Social order and public interest. */
    PUBLIC,
    /** National security. */
    STATE
  }

  /** How badly. */
  public enum Damage {
    ORDINARY,
    SERIOUS,
    VERY_SERIOUS
  }

  /** The two axes of GB/T 22240-2020. */
  public record Harm(Harmed harmed, Damage damage) {

    /** Level by the table of the standard, 1..5. */
    public int level() {
      return switch (harmed) {
        case PERSONS -> damage == Damage.ORDINARY ? 1 : 2;
        case PUBLIC -> 2 + damage.ordinal();
        case STATE -> 3 + damage.ordinal();
      };
    }
  }

  /** Level of the system. */
  public int level() {
    return Math.max(information.level(), service.level());
  }

  /** The usual short form, for example {@code S3A2G3}. */
  public String code() {
    return "S" + information.level() + "A" + service.level() + "G" + level();
  }
}
