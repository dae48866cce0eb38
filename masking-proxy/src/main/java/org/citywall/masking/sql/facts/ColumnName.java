// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * A place where a statement names a column, or a relation as a whole row.
 *
 * @param parts the name's parts, without the star
 * @param star whether a star follows
 * @param at position of the first part, or -1 where the grammar itself adds the star
 */
public record ColumnName(List<String> parts, boolean star, int at) {

  public ColumnName {
    parts = List.copyOf(parts);
  }

  /** The last part, or an empty text for a star alone. */
  public String last() {
    return parts.isEmpty() ? "" : parts.getLast();
  }
}
