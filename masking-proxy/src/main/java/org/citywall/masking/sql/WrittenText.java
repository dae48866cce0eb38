// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Map;

/** Text that a statement writes into columns that others see masked, known when it runs. */
public sealed interface WrittenText {

  /**
   * The text of a parameter.
   *
   * @param number from 1
   */
  record Parameter(WrittenColumn column, int number) implements WrittenText {}

  /**
   * Fields of the rows of COPY from the client. Each such statement of a text has one.
   *
   * @param columns by the place of their field in a row, from 0; those that others see masked
   */
  record Copied(CopyFormat format, Map<Integer, WrittenColumn> columns) implements WrittenText {

    public Copied {
      columns = Map.copyOf(columns);
    }
  }
}
