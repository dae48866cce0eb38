// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * A column of the result of a query without set operations whose FROM clause names relations alone.
 *
 * @param source parts of the column name that it shows; empty for any other expression
 */
public record OutputColumn(List<String> source) {

  public OutputColumn {
    source = List.copyOf(source);
  }
}
