// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of the command line and of starting a server. */
public enum CliErrorCode implements ErrorCode {
  CONFIGURATION_INVALID(
      "CLI-0001", ErrorCategory.CALLER, "An option or a key of citywall.yaml is not valid."),
  PORT_TAKEN(
      "CLI-0002",
      ErrorCategory.EXTERNAL,
      "A port is in use by another program; give another one with the option named."),
  DATA_FOLDER_UNUSABLE(
      "CLI-0003",
      ErrorCategory.EXTERNAL,
      "The data folder cannot be created or written; check its path and owner."),
  FILE_UNREADABLE(
      "CLI-0020",
      ErrorCategory.EXTERNAL,
      "A file that was named cannot be read as UTF-8 text; check its path, owner and encoding."),
  KEY_CHANGE_UNFINISHED(
      "CLI-0021",
      ErrorCategory.CALLER,
      "The newest key does not sign the log yet; run 'citywall key change' first."),
  RETENTION_NEEDS_SERVER(
      "CLI-0035",
      ErrorCategory.CALLER,
      "Orders about retention are given to a running server, which knows the accounts; start it."),
  PASSWORD_MISSING(
      "CLI-0036",
      ErrorCategory.CALLER,
      "The password of the account is typed on the terminal or is the first line of standard"
          + " input.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  CliErrorCode(String id, ErrorCategory category, String meaning) {
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
