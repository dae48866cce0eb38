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
  FRAMEWORK_TEXT_INVALID(
      "CMP-0008",
      ErrorCategory.CALLER,
      "A text of a framework is missing or too long; the Chinese one has to be there."),
  FRAMEWORK_ID_INVALID(
      "CMP-0009",
      ErrorCategory.CALLER,
      "An id has 1 to 64 letters, digits, dots and dashes; a framework's lower-case letters, digits"
          + " and dashes."),
  FRAMEWORK_ID_TAKEN(
      "CMP-0010", ErrorCategory.CALLER, "The id is there already; each stands once."),
  FRAMEWORK_WEIGHT_INVALID(
      "CMP-0011",
      ErrorCategory.CALLER,
      "The scoring rule of this framework needs a weight here: a number above 0."),
  FRAMEWORK_CHOICE_INVALID(
      "CMP-0012",
      ErrorCategory.CALLER,
      "One of the offered values is needed here by the scoring rule of this framework."),
  FRAMEWORK_VERSION_INVALID(
      "CMP-0013",
      ErrorCategory.CALLER,
      "A version is a whole number above those that are published."),
  FRAMEWORK_PLACE_UNKNOWN(
      "CMP-0014", ErrorCategory.CALLER, "The framework has no such group, control or item.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  FRAMEWORK_EMPTY(
      "CMP-0015", ErrorCategory.CALLER, "A framework keeps at least one item; change this one."),
  FEEDS_INVALID(
      "CMP-0021",
      ErrorCategory.CALLER,
      "The feeds of an index are not understood, or an indicator has none or two; correct the"
          + " named place. None of the file is taken."),
  PERIOD_INVALID("CMP-0022", ErrorCategory.CALLER, "A period is written as 2026-Q4 or 2026-11.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
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
