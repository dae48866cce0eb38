// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of checks, evidence and scores. */
public enum ComplianceErrorCode implements ErrorCode {
  ASSESSMENT_INVALID(
      "CMP-0001",
      ErrorCategory.CALLER,
      "The assessment does not follow its schema; correct the named place. Nothing was scored."),
  RULE_INVALID(
      "CMP-0002",
      ErrorCategory.CALLER,
      "The file is no version of this scoring rule; correct the named place.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  ComplianceErrorCode(String id, ErrorCategory category, String meaning) {
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
