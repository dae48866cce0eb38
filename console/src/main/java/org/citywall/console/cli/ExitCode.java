// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

/** Exit codes of the command line, a public contract. */
final class ExitCode {

  static final int DONE = 0;
  static final int CALLERS_MISTAKE = 1;
  static final int REFUSED_BY_POLICY = 2;
  static final int DONE_WITH_REJECTS = 3;
  static final int OUTSIDE_FAULT = 4;
  static final int TAMPERED = 10;

  private ExitCode() {}
}
