// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A relation of the database.
 *
 * @param columns in their order, without dropped ones
 * @param definition the query of a view or materialised view as {@code pg_get_viewdef} prints it
 *     with an empty search path, so that every name in it has its schema; null for other kinds
 * @param parents relations whose rows include this one's, by inheritance or partitioning
 * @param children the other way round
 * @param key columns of the primary key, by which the rows are told apart at any time; empty where
 *     there is none or where it may be deferred
 */
public record Relation(
    long oid,
    TableName name,
    RelationKind kind,
    List<RelationColumn> columns,
    @Nullable String definition,
    List<TableName> parents,
    List<TableName> children,
    List<String> key) {

  public Relation {
    columns = List.copyOf(columns);
    parents = List.copyOf(parents);
    children = List.copyOf(children);
    key = List.copyOf(key);
  }

  /** Whether there is a column of this name. */
  public boolean has(String column) {
    return columns.stream().anyMatch(one -> one.name().equals(column));
  }
}
