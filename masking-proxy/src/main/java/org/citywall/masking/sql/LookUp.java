// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.policy.LookUpRight;

/**
 * A true value by which a statement finds rows.
 *
 * @param right that allows it
 * @param type of the column, by which a value of a parameter is read
 */
public record LookUp(LookUpRight right, LookUpType type, Operand operand) {

  /** Whether this is a whole value of the column, and not a part or a pattern of one. */
  public boolean isWhole(String value) {
    return type.isValue(value) && right.isWhole(value);
  }

  /** The one writing of a value that is whole, so that equal values are equal texts. */
  public String canonical(String value) {
    return type.canonical(right.canonical(value));
  }

  /** Where the value stands. */
  public sealed interface Operand {

    /** In the statement. */
    record Constant(Sensitive<String> value) implements Operand {}

    /**
     * In what is bound to a parameter.
     *
     * @param number from 1
     * @param type object id of the type that the parameter has unless the client names one
     */
    record Parameter(int number, int type) implements Operand {}
  }
}
