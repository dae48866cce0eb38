// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.StatementKind;

/** A prepared statement of a session. Confined to the session's event loop. */
final class Prepared {

  private final String name;
  private final String sql;
  private final byte[] types;
  private Judged judged;
  private boolean checked;

  /**
   * A verdict and what it rests on.
   *
   * @param versions of schema and rights
   */
  record Judged(Verdict verdict, String policyVersion, String versions, SessionSchema schema) {

    /** Versions of what the verdict rests on when the text as rewritten runs. */
    String lasting() {
      return schema.lasting() + '|' + policyVersion;
    }

    /** The same, and refused for what only the session knows. */
    Judged refused(String reason) {
      return new Judged(
          new Verdict.Refused(MaskingErrorCode.CONSTRUCT_REFUSED, reason, -1),
          policyVersion,
          versions,
          schema);
    }
  }

  /**
   * @param sql as the client sent it
   * @param types object ids of parameters as they stand in Parse, with their count
   */
  Prepared(String name, String sql, byte[] types, Judged judged) {
    this.name = name;
    this.sql = sql;
    this.types = types;
    this.judged = judged;
  }

  String name() {
    return name;
  }

  String sql() {
    return sql;
  }

  byte[] types() {
    return types;
  }

  Judged judged() {
    return judged;
  }

  void judgedAnew(Judged anew) {
    judged = anew;
  }

  /** Whether the provenance of what it returns was found good. */
  boolean checked() {
    return checked;
  }

  void check() {
    checked = true;
  }

  void uncheck() {
    checked = false;
  }

  /** Whether what it returns is known when it is parsed, and not only when it runs. */
  boolean isDescribedOnce() {
    return judged.verdict() instanceof Verdict.Allowed allowed
        && switch (allowed.kind()) {
          case SELECT, INSERT, UPDATE, DELETE, MERGE -> true;
          default -> false;
        };
  }

  StatementKind kind() {
    return judged.verdict() instanceof Verdict.Allowed allowed
        ? allowed.kind()
        : StatementKind.EMPTY;
  }
}
