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
      "The file is no version of this scoring rule; correct the named place."),
  CHECK_INVALID(
      "CMP-0003",
      ErrorCategory.CALLER,
      "A check is not understood; correct the named place. None of its file is taken."),
  CHECKS_UNREADABLE(
      "CMP-0004", ErrorCategory.CALLER, "The file or folder of checks cannot be read."),
  WAIVERS_INVALID(
      "CMP-0005",
      ErrorCategory.CALLER,
      "The file of waivers is not understood; correct the named place and have it signed again."
          + " None of it counts."),
  WAIVERS_UNSIGNED(
      "CMP-0006",
      ErrorCategory.POLICY,
      "The file of waivers is not signed by two of the persons who may; none of it counts and"
          + " nothing was checked."),
  RESULTS_INVALID(
      "CMP-0007",
      ErrorCategory.CALLER,
      "The file holds no results of checks as 'citywall check run' writes them; correct the named"
          + " line. None of it is taken."),
  CATALOGUE_INVALID(
      "CMP-0040",
      ErrorCategory.CALLER,
      "A control catalogue or mapping is not understood; correct the named line. Nothing of its"
          + " file is taken."),
  MAPPING_DANGLING(
      "CMP-0041",
      ErrorCategory.CALLER,
      "A mapping names an item that no catalogue has; correct the named line."),
  CATALOGUES_UNREADABLE(
      "CMP-0042", ErrorCategory.CALLER, "The file or folder of frameworks cannot be read."),
  CATALOGUE_UNKNOWN("CMP-0043", ErrorCategory.CALLER, "There is no framework of this name.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  };

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
