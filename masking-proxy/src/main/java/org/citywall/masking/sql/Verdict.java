// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementKind;

/** What becomes of a statement. */
public sealed interface Verdict {

  /**
   * It may run.
   *
   * @param sql what to run in its place
   * @param uses columns it may read
   * @param tables relations it reads or writes, but those of the system
   * @param masked whether anything is masked, hidden or filtered
   */
  record Allowed(
      String sql, List<ColumnUse> uses, Set<TableName> tables, boolean masked, StatementKind kind)
      implements Verdict {

    public Allowed {
      uses = List.copyOf(uses);
      tables = Set.copyOf(tables);
    }
  }

  /**
   * It may not run.
   *
   * @param reason names identifiers of the statement, never values
   * @param position index into the statement, or -1 where no place can be named
   */
  record Refused(MaskingErrorCode code, String reason, int position) implements Verdict {}
}
