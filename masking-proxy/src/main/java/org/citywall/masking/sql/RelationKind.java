// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

/** What a relation is, as far as reading it goes. */
public enum RelationKind {
  TABLE,
  PARTITIONED,
  FOREIGN,
  /** A table of the session's own schema. */
  TEMP,
  VIEW,
  MATVIEW,
  SEQUENCE,
  /** A relation of {@code pg_catalog}, {@code information_schema} or {@code pg_toast}. */
  SYSTEM
}
