// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

/** What a verification comes to. */
public enum Verdict {
  /** Everything is as it was signed. */
  INTACT(0),
  /** Something was changed. */
  TAMPERED(10),
  /** Something is missing, and nothing that is there was changed. */
  INCOMPLETE(11),
  /** Intact but for entries that were destroyed lawfully. */
  LAWFULLY_REDUCED(12);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The graver one; that something was destroyed lawfully is found again each time. */
  Verdict or(Verdict earlier) {
    if (this == TAMPERED || earlier == TAMPERED) {
      return TAMPERED;
    }
    return earlier == INCOMPLETE ? INCOMPLETE : this;
  }

  /** Exit code of {@code citywall verify}. */
  public int exitCode() {
    return exitCode;
  }
}
