// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** A query that cannot be understood ({@code AUD-0030}), and where. */
public final class QueryException extends PlatformException {

  private static final long serialVersionUID = 1L;

  private final int position;
  private final String problem;

  QueryException(int position, String problem) {
    super(AuditErrorCode.QUERY_INVALID, "at character " + position + ": " + problem);
    this.position = position;
    this.problem = problem;
  }

  /** Character of the query text at which the problem begins, from 1. */
  public int position() {
    return position;
  }

  /** What was expected there; never repeats a value of the query. */
  public String problem() {
    return problem;
  }
}
