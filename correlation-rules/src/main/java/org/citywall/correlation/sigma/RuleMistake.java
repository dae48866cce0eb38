// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import org.citywall.audit.PlatformException;
import org.citywall.correlation.CorrelationErrorCode;

/** Why a rule was not taken, and the line (from 1) that says so. */
final class RuleMistake extends PlatformException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String reason;

  private RuleMistake(CorrelationErrorCode code, int line, String reason) {
    super(code, "line " + line + ": " + reason);
    this.line = line;
    this.reason = reason;
  }

  /** The file is not YAML. */
  static RuleMistake yaml(int line, String reason) {
    return new RuleMistake(CorrelationErrorCode.SIGMA_YAML_INVALID, line, reason);
  }

  /** The rule is not what the specification asks for. */
  static RuleMistake invalid(int line, String reason) {
    return new RuleMistake(CorrelationErrorCode.SIGMA_RULE_INVALID, line, reason);
  }

  /** The rule may be right, but this engine cannot run it. */
  static RuleMistake unsupported(int line, String reason) {
    return new RuleMistake(CorrelationErrorCode.SIGMA_UNSUPPORTED, line, reason);
  }

  /** A placeholder has no values. */
  static RuleMistake placeholder(int line, String reason) {
    return new RuleMistake(CorrelationErrorCode.SIGMA_PLACEHOLDER_MISSING, line, reason);
  }

  int line() {
    return line;
  }

  /** The reason without code and line. */
  String reason() {
    return reason;
  }
}
