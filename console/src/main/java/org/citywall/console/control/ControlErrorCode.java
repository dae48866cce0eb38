// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.control;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of the control socket. */
public enum ControlErrorCode implements ErrorCode {
  NOT_RUNNING(
      "CTL-0001",
      ErrorCategory.EXTERNAL,
      "No server runs on this data folder; start it, or check the path given with --data."),
  UNKNOWN_COMMAND(
      "CTL-0002",
      ErrorCategory.CALLER,
      "The running server does not know this command; it may be of another version."),
  COMMAND_FAILED(
      "CTL-0003", ErrorCategory.EXTERNAL, "The running server refused the command; see its words."),
  SOCKET_FAILED(
      "CTL-0004",
      ErrorCategory.EXTERNAL,
      "The control socket cannot be created; check owner and length of the data folder's path.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  ControlErrorCode(String id, ErrorCategory category, String meaning) {
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
