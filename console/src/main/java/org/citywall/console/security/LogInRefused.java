// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.security;

import org.citywall.audit.ErrorCode;
import org.springframework.security.core.AuthenticationException;

/** Tells Spring Security that a log-in was refused, and the failure handler why. */
final class LogInRefused extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;

  LogInRefused(ErrorCode code) {
    super(code.id());
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }
}
