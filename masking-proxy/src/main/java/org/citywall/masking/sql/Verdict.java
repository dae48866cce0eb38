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
   * @param lookUps true values by which it finds rows, each of which counts whenever it runs
   * @param written text that must not be what a mask left of a value
   */
  record Allowed(
      String sql,
      List<ColumnUse> uses,
      Set<TableName> tables,
      boolean masked,
      StatementKind kind,
      List<LookUp> lookUps,
      List<WrittenText> written)
      implements Verdict {

    public Allowed {
      uses = List.copyOf(uses);
      tables = Set.copyOf(tables);
      lookUps = List.copyOf(lookUps);
      written = List.copyOf(written);
    }

    /** Whether it reads or writes anybody's data: what nobody may do behind whom nobody stands. */
    public boolean touchesData() {
      return !tables.isEmpty() || kind == StatementKind.FETCH || kind == StatementKind.EXECUTE;
    }

    /** Finds no rows by true values and writes no text. */
    public Allowed(
        String sql,
        List<ColumnUse> uses,
        Set<TableName> tables,
        boolean masked,
        StatementKind kind) {
      this(sql, uses, tables, masked, kind, List.of(), List.of());
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
