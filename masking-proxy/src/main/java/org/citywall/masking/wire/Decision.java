// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a statement before it left.
 *
 * @param id unique; its {@link Completion} has the same
 * @param sql as the client sent it: whoever keeps it takes the values out
 * @param kind null where it was refused
 * @param code why it was refused, or null
 * @param reason names identifiers, never values
 * @param sensitive whether it names a table of the catalogue, or was refused
 * @param lookUps values by which it finds rows
 */
public record Decision(
    String id,
    Access access,
    String sql,
    @Nullable StatementKind kind,
    Outcome outcome,
    @Nullable MaskingErrorCode code,
    String reason,
    String policyVersion,
    Set<TableName> tables,
    List<ColumnUse> uses,
    boolean sensitive,
    List<LookUpTrace> lookUps) {

  /** What becomes of it. */
  public enum Outcome {
    ALLOW,
    MASK,
    DENY
  }

  public Decision {
    tables = Set.copyOf(tables);
    uses = List.copyOf(uses);
    lookUps = List.copyOf(lookUps);
  }

  /** Of a statement that looks nothing up. */
  public Decision(
      String id,
      Access access,
      String sql,
      @Nullable StatementKind kind,
      Outcome outcome,
      @Nullable MaskingErrorCode code,
      String reason,
      String policyVersion,
      Set<TableName> tables,
      List<ColumnUse> uses,
      boolean sensitive) {
    this(
        id,
        access,
        sql,
        kind,
        outcome,
        code,
        reason,
        policyVersion,
        tables,
        uses,
        sensitive,
        List.of());
  }
}
