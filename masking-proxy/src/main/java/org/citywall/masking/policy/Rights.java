// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.Optional;

/** What one person may see now. Safe for use by several threads; answers do not change. */
public interface Rights {

  /** What the person sees of a column; of a column that the catalogue does not know, too. */
  Treatment of(TableName table, String column);

  /** Whether the catalogue knows the table. */
  boolean catalogued(TableName table);

  /** Whether a table that the catalogue does not know passes as it is; that is for observing. */
  default boolean passesUnknownTables() {
    return false;
  }

  /** Names these answers: other answers have another version. */
  String version();

  /** An SQL condition over the columns of the table that its rows have to meet. */
  Optional<String> rowFilter(TableName table);
}
