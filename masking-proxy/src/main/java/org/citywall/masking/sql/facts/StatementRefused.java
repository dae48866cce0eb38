// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;

/** A statement does not pass. The detail names identifiers of the statement, never values. */
public final class StatementRefused extends PlatformException {

  private static final long serialVersionUID = 1L;

  private final MaskingErrorCode reason;
  private final String detail;
  private final int position;

  /**
   * @param position where in the statement, or -1 where no place can be named
   */
  public StatementRefused(MaskingErrorCode reason, String detail, int position) {
    super(reason, detail);
    this.reason = reason;
    this.detail = detail;
    this.position = position;
  }

  @Override
  public MaskingErrorCode code() {
    return reason;
  }

  /** The detail without its code. */
  public String detail() {
    return detail;
  }

  /** Index into the statement, or -1. */
  public int position() {
    return position;
  }
}
