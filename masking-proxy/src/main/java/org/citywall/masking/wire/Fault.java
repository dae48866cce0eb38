// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Locale;
import org.citywall.audit.ErrorCategory;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.Verdict;

/**
 * An error that the proxy itself sends.
 *
 * @param severity {@code ERROR}, or {@code FATAL} where the session ends
 * @param state SQLSTATE (PostgreSQL 18, appendix A)
 * @param message begins with the stable code
 * @param position character of the statement, from 1; 0 for none
 */
record Fault(String severity, String state, String message, String hint, int position) {

  /** Ends the session. */
  static Fault fatal(MaskingErrorCode code, String state) {
    return new Fault("FATAL", state, code.id() + " " + code.meaning(), "", 0);
  }

  /** Ends the session as PostgreSQL itself would say it. */
  static Fault fatal(String state, String message) {
    return new Fault("FATAL", state, message, "", 0);
  }

  /** Ends the statement and not the session. */
  static Fault failing(MaskingErrorCode code, String state) {
    return new Fault("ERROR", state, code.id() + " " + code.meaning(), "", 0);
  }

  static Fault error(MaskingErrorCode code, String detail) {
    return new Fault("ERROR", state(code), code.id() + " " + detail, code.meaning(), 0);
  }

  /** Of a statement that was refused. */
  static Fault of(Verdict.Refused refused, String sql) {
    int position =
        refused.position() < 0 || refused.position() > sql.length()
            ? 0
            : sql.codePointCount(0, refused.position()) + 1;
    return new Fault(
        "ERROR",
        state(refused.code()),
        refused.code().id() + " " + refused.reason(),
        refused.code().meaning(),
        position);
  }

  private static String state(MaskingErrorCode code) {
    return switch (code) {
      case STATEMENT_UNREADABLE -> "42601";
      case STATEMENT_TOO_LARGE -> "54001";
      case RELATION_UNKNOWN -> "42P01";
      default ->
          code.category() == ErrorCategory.POLICY
              ? "42501"
              : code.category() == ErrorCategory.CALLER ? "0A000" : "58000";
    };
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %s %s", severity, state, message);
  }
}
