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
          + " input."),
  CHECK_TARGETS_INVALID(
      "CLI-0057",
      ErrorCategory.CALLER,
      "The file of what is to be checked is not understood; correct the named place."),
  LABELLED_EVENTS_INVALID(
      "CLI-0065",
      ErrorCategory.CALLER,
      "A file of events or of truth is not as 'citywall generate' writes it; see the reference."),
  FOLDER_UNWRITABLE(
      "CLI-0066",
      ErrorCategory.EXTERNAL,
      "The folder for generated events cannot be written; check its path, owner and space."),
  LOG_NOT_SHIPPED(
      "CLI-0059",
      ErrorCategory.EXTERNAL,
      "The platform did not take a proxy's entries, which stay in its own log and are sent again;"
          + " look at address, certificate and token."),
  SUBJECT_MISSING(
      "CLI-0070",
      ErrorCategory.CALLER,
      "Password and identity number are typed on the terminal, or are the first and second line"
          + " of standard input."),
  FILE_UNWRITABLE(
      "CLI-0081",
      ErrorCategory.EXTERNAL,
      "A file that was named cannot be written, or is there already; give another one."),
  CHECK_RUN_FILE(
      "CLI-0080",
      ErrorCategory.CALLER,
      "The file of a run of checks cannot be made, written or understood; give another one, or"
          + " --resume to go on with one that is there.");

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
