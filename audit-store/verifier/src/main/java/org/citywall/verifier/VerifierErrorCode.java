// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of the verifier's command line. */
public enum VerifierErrorCode implements ErrorCode {
  INDEX_NOT_READABLE(
      "CLI-0030",
      ErrorCategory.CALLER,
      "The verifier's own jar cannot read indexes; use 'citywall verify' of the server's build.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  VerifierErrorCode(String id, ErrorCategory category, String meaning) {
    this.id = id;
    this.category = category;
    this.meaning = meaning;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
