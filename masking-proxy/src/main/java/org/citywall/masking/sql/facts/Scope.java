// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of common table expressions that a place of a statement sees.
 *
 * @param outer null at the top
 */
public record Scope(@Nullable Scope outer, Set<String> names) {

  /** Sees none. */
  public static final Scope TOP = new Scope(null, Set.of());

  public Scope {
    names = Set.copyOf(names);
  }

  /** Whether the name is that of a common table expression here. */
  public boolean sees(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.names.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
