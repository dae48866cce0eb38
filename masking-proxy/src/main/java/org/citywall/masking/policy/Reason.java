// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

/** Why somebody sees of a column what they see. */
public enum Reason {
  WITHIN_CLEARANCE("within clearance"),
  GRANTED("above clearance, by a grant"),
  ABOVE_CLEARANCE("above clearance"),
  PURPOSE("not for this purpose"),
  PURPOSE_UNDECLARED("no purpose was declared"),
  PERSON_TYPE("not for this type of person"),
  DEPARTMENT("not for this department"),
  OFF_HOURS("not at this time"),
  TERM_OVER("the person's term is over"),
  COLUMN_UNKNOWN("a column that the catalogue lacks, above clearance"),
  TABLE_UNKNOWN("a table that the catalogue lacks");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** For the record. */
  public String text() {
    return text;
  }
}
