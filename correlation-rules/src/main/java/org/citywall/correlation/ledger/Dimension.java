// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

/** By what exposure is told apart. */
public enum Dimension {
  /** The person, by the number in the register of persons, else by name. */
  OPERATOR,
  /** Whose log-in was used: of an application where a clerk is behind it, else the person's own. */
  ACCOUNT,
  /** The unit that the operator belongs to. */
  UNIT,
  /** Who has the rows now: the vendor that the operator works for, else the operator's unit. */
  RECIPIENT,
  /** The unit that answers for the data. */
  OWNER,
  /** The highest level of what was shown. */
  LEVEL,
  /** The tables of a statement, together. */
  TABLE
}
