// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit;

import org.jspecify.annotations.Nullable;

/** The one exception of the platform: a stable code and a detail for people. */
public class PlatformException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;

  /** {@code detail} must never hold a secret or an unmasked value: it is logged and shown. */
  public PlatformException(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  public PlatformException(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(code.id() + " " + detail, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
