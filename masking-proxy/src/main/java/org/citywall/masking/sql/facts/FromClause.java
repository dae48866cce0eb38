// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * The relations that one FROM clause names, the target of UPDATE or DELETE included. Those behind
 * an alias that renames their columns, or within a join that has an alias, are left out.
 *
 * @param kept relations of which a condition on the clause's rows leaves out rows as it would where
 *     they are read
 * @param padded relations whose rows an outer join may replace by nulls
 * @param closed whether there is nothing else that a column without a qualifier could belong to
 */
public record FromClause(List<TableReference> kept, List<TableReference> padded, boolean closed) {

  public FromClause {
    kept = List.copyOf(kept);
    padded = List.copyOf(padded);
  }
}
