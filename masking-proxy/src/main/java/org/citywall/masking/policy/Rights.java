// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.List;
import java.util.Optional;
import org.citywall.masking.sql.ColumnUse;

/** What one person may see now. Safe for use by several threads; answers do not change. */
public interface Rights {

  /** What the person sees of a column; of a column that the catalogue does not know, too. */
  Treatment of(TableName table, String column);

  /** Whether the catalogue knows the table. */
  boolean catalogued(TableName table);

  /** Whether the catalogue knows the column. */
  default boolean catalogued(TableName table, String column) {
    return catalogued(table);
  }

  /** Whether a table that the catalogue does not know passes as it is; that is for observing. */
  default boolean passesUnknownTables() {
    return false;
  }

  /** How the person may find rows by the true value of a column that they see masked. */
  default Optional<LookUpRight> lookUp(TableName table, String column) {
    return Optional.empty();
  }

  /**
   * The form in which values of a column are shown to whoever may not see them, this person or
   * another; empty where there is no mask.
   */
  default Optional<MaskedForm> maskedForm(TableName table, String column) {
    return Optional.empty();
  }

  /** The same with what was granted for this statement alone. */
  default Rights forStatement(String sql) {
    return this;
  }

  /** What counts a run of a statement with these uses; empty where nothing has to be counted. */
  default Optional<Meter> meter(List<ColumnUse> uses) {
    return Optional.empty();
  }

  /** Names these answers: other answers have another version. */
  String version();

  /** Names what these answers would be without any grant. */
  default String profile() {
    return version();
  }

  /** An SQL condition over the columns of the table that its rows have to meet. */
  Optional<String> rowFilter(TableName table);
}
