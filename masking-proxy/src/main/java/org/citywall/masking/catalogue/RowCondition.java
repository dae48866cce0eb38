// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.List;

/** What rows of a table have to meet to be seen. */
public sealed interface RowCondition {

  /** Something of the person that a column is compared with. */
  enum Attribute {
    NAME,
    DEPARTMENT
  }

  /** The column has one of these values, written as constants of its type. */
  record In(String column, List<String> values) implements RowCondition {

    public In {
      values = List.copyOf(values);
    }
  }

  /** The column has the value of the person; who has none sees no row. */
  record OfPerson(String column, Attribute attribute) implements RowCondition {}

  /**
   * A condition in SQL, which reads columns of the table alone.
   *
   * @param place file, line and key, for a message
   */
  record Sql(String condition, String place) implements RowCondition {}
}
