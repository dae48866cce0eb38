// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.time.Duration;
import java.util.Locale;
import org.citywall.masking.identifier.IdentifierKind;
import org.jspecify.annotations.Nullable;

/**
 * That a person may find rows by the full true value of a column that they see masked.
 *
 * @param column whose budget each value is counted against, with its table
 * @param identifier what every value has to be; null where any value that is not blank will do
 * @param values that may be looked up in one period
 * @param grant id of what allows it
 */
public record LookUpRight(
    TableName table,
    String column,
    @Nullable IdentifierKind identifier,
    long values,
    Duration period,
    String grant) {

  private static final int LONGEST = 256;

  public LookUpRight {
    if (values < 1 || period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("a budget has at least one value in a period");
    }
  }

  /** Whether this is a whole value, and not a part or a pattern of one. */
  public boolean isWhole(String value) {
    return identifier == null
        ? !value.isBlank() && value.length() <= LONGEST
        : identifier.matches(value);
  }

  /** The value without what identifiers of its kind differ in by writing alone. */
  public String canonical(String value) {
    return identifier == IdentifierKind.RESIDENT_ID ? value.toUpperCase(Locale.ROOT) : value;
  }
}
