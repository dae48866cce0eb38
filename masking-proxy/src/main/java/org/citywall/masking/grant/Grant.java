// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.WorkingHours;
import org.jspecify.annotations.Nullable;

/**
 * That a person may see, or look up, values above their clearance for a time. It takes nothing away
 * and lifts nothing but the bound of the clearance.
 *
 * @param id unique, and never used again: what was used of it is counted under this name
 * @param categories whose columns it holds for, beside those of {@code columns}
 * @param purposes of which one has to be that of the statement; empty for any
 * @param rows that leave under it in all; null for any number
 * @param singleUse whether one statement may use it
 * @param lookUps values in each period; null unless it is for looking up
 * @param approver somebody else than the person
 * @param ticket of the case; null for none
 * @param statement digest of the only statement that it holds for; null for any
 * @param hours at which it holds; null for any time
 */
public record Grant(
    String id,
    String person,
    List<GrantedColumns> columns,
    Set<String> categories,
    Kind kind,
    Set<String> purposes,
    Instant validFrom,
    Instant validUntil,
    @Nullable Long rows,
    boolean singleUse,
    @Nullable LookUps lookUps,
    String approver,
    String reason,
    @Nullable String ticket,
    @Nullable String statement,
    @Nullable WorkingHours hours) {

  /** What it lets the person do. */
  public enum Kind {
    /** See values as they are. */
    READ,
    /** Find rows by the full true value of a column that stays masked. */
    LOOK_UP
  }

  /**
   * Columns of a table.
   *
   * @param column null for each that the catalogue has
   */
  public record GrantedColumns(TableName table, @Nullable String column) {}

  /** How many values may be looked up, hit or miss, in each column and period. */
  public record LookUps(long values, Duration period) {}

  public Grant {
    columns = List.copyOf(columns);
    categories = Set.copyOf(categories);
    purposes = Set.copyOf(purposes);
  }

  /** Whether what is used of it is counted. */
  public boolean isLimited() {
    return rows != null || singleUse;
  }

  /** Whether it holds for a column that the catalogue has. */
  public boolean covers(TableName table, String column, @Nullable String category) {
    return category != null && categories.contains(category)
        || columns.stream()
            .anyMatch(
                one ->
                    one.table().equals(table)
                        && (one.column() == null || one.column().equals(column)));
  }

  /** Whether it holds for this person, purpose and moment; of any statement. */
  public boolean holds(StatementContext context, Instant now) {
    return serves(context)
        && !now.isBefore(validFrom)
        && now.isBefore(validUntil)
        && (hours == null || hours.hold(now));
  }

  /** Whether it is for this person and purpose, at some moment. */
  public boolean serves(StatementContext context) {
    String purpose = context.purpose();
    Set<String> serving = purpose == null ? context.person().purposes() : Set.of(purpose);
    return context.person().name().equals(person)
        && (purposes.isEmpty() || serving.stream().anyMatch(purposes::contains));
  }
}
