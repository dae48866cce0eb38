// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.explain;

import java.util.List;
import org.citywall.masking.policy.ColumnDecision;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a statement.
 *
 * @param reason for people; names identifiers of the statement, never values
 * @param code why it is refused; null where it is not
 * @param position index into the statement where it is refused, -1 where no place can be named
 * @param rewritten what would run in its place, without the secrets of masks; null where nothing
 *     would
 * @param tables that it reads or writes, but those of the system
 * @param columns that it may read, by their names
 * @param lookUps true values by which it would find rows
 * @param policyVersion of the rights that decided
 * @param digest of the statement without its values, by which a grant can be bound to it
 */
public record Explanation(
    Decision decision,
    String reason,
    @Nullable String code,
    int position,
    @Nullable String rewritten,
    List<TableName> tables,
    List<Column> columns,
    List<LookUp> lookUps,
    String policyVersion,
    String digest) {

  /** The three things that can become of a statement. */
  public enum Decision {
    ALLOW,
    /** It may run, with something masked, hidden or filtered. */
    MASK,
    DENY
  }

  /** A column and what the person sees of it. */
  public record Column(TableName table, String name, ColumnDecision decision) {

    /** Why the person sees of it what they see. */
    public String why() {
      return decision.treatment() instanceof Treatment.Hidden hidden
          ? hidden.reason()
          : decision.reason().text();
    }
  }

  /**
   * A value that would be looked up and counted.
   *
   * @param operand {@code constant}, or the parameter as {@code $1}
   */
  public record LookUp(LookUpRight right, String operand) {}

  public Explanation {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
    lookUps = List.copyOf(lookUps);
  }
}
