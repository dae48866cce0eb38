// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evidence;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of ordering an evidence bundle. */
public enum EvidenceErrorCode implements ErrorCode {
  FILE_FAILED(
      "CLI-0040",
      ErrorCategory.EXTERNAL,
      "The evidence bundle cannot be written; name a new file in a folder that the server's account"
          + " can write."),
  NOT_SELECTABLE(
      "CLI-0041",
      ErrorCategory.CALLER,
      "Entries cannot be chosen like this here: incidents need a running server that has them, queries"
          + " one that has the index.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  EvidenceErrorCode(String id, ErrorCategory category, String meaning) {
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
