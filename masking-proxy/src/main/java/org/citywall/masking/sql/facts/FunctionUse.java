// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that a statement calls.
 *
 * @param schema null where it is not given
 * @param at position of the first part of the name
 * @param syntax whether the grammar itself names it, as in {@code substring(x FROM 2)}
 * @param soleArgument parts of the column name that is the only argument; empty where there is
 *     another one or none
 */
public record FunctionUse(
    @Nullable String schema, String name, int at, boolean syntax, List<String> soleArgument) {

  public FunctionUse {
    soleArgument = List.copyOf(soleArgument);
  }
}
