// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

/** What a statement does, as far as it may pass. */
public enum StatementKind {
  SELECT,
  INSERT,
  UPDATE,
  DELETE,
  MERGE,
  COPY_OUT,
  COPY_IN,
  /** {@code CREATE TABLE AS} and {@code SELECT INTO}. */
  CREATE_TABLE_AS,
  /** A view of the session alone. */
  CREATE_VIEW,
  EXPLAIN,
  PREPARE,
  EXECUTE,
  DEALLOCATE,
  DECLARE,
  FETCH,
  /** CLOSE, and UNLISTEN, by which pools give a session back. */
  CLOSE,
  SET,
  SHOW,
  DISCARD,
  TRANSACTION,
  /** Nothing but comments. */
  EMPTY,
  /** Several statements in one. */
  SEVERAL
}
