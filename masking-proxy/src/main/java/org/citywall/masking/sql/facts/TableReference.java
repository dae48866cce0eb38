// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place where a statement names a relation.
 *
 * @param schema null where it is not given
 * @param name the relation's name
 * @param at position of the first part of the name
 * @param only whether descendants are left out
 * @param cte whether the name is that of a common table expression in whose scope it stands
 * @param alias null where there is none
 */
public record TableReference(
    Role role,
    @Nullable String schema,
    String name,
    int at,
    boolean only,
    boolean cte,
    @Nullable String alias) {

  /** What the statement does with the relation. */
  public enum Role {
    /** Reads rows in a FROM clause or another place where a sub-query could stand. */
    SCAN,
    /** Writes rows. */
    TARGET,
    /** Copies the table out. */
    COPY,
    /** Makes the relation. */
    CREATE
  }

  /** The name by which columns are qualified. */
  public String visibleName() {
    return Optional.ofNullable(alias).orElse(name);
  }
}
