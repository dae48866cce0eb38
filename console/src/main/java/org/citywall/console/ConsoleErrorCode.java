// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of the console. */
public enum ConsoleErrorCode implements ErrorCode {
  STATE_UNAVAILABLE(
      "CON-0001",
      ErrorCategory.EXTERNAL,
      "The state database cannot be reached; check it and retry."),
  LOG_REFUSED(
      "CON-0002",
      ErrorCategory.EXTERNAL,
      "The evidence log accepts no entries, so nothing may be changed; the change was not made."),
  LOG_PENDING(
      "CON-0003",
      ErrorCategory.EXTERNAL,
      "The change was made but the evidence log refused its entry; it is appended as soon as the"
          + " log is back, do not repeat the change."),
  STATE_FOREIGN(
      "CON-0004",
      ErrorCategory.INTEGRITY,
      "The state database is ahead of the evidence log; they do not belong together."),
  START_FAILED(
      "CON-0005",
      ErrorCategory.EXTERNAL,
      "The console could not start; see the cause, usually a port in use."),
  LOG_IN_REFUSED(
      "CON-0010",
      ErrorCategory.POLICY,
      "Name or password is wrong, or the account is closed or, after too many failures, locked for"
          + " a while."),
  LOCKED_OUT(
      "CON-0011",
      ErrorCategory.POLICY,
      "The account is locked after too many failures; wait until the lock ends or ask an"
          + " administrator."),
  TOO_MANY_ATTEMPTS(
      "CON-0012",
      ErrorCategory.CAPACITY,
      "Log-ins from this address come too fast; wait a minute and try again."),
  PASSWORD_REFUSED(
      "CON-0013", ErrorCategory.CALLER, "The new password does not meet the policy; see the list."),
  PASSWORD_WRONG("CON-0014", ErrorCategory.POLICY, "The current password is wrong."),
  ACCOUNT_EXISTS("CON-0015", ErrorCategory.CALLER, "An account of this name exists already."),
  ACCOUNT_UNKNOWN("CON-0016", ErrorCategory.CALLER, "There is no account of this name.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  ACCOUNT_INVALID(
      "CON-0017",
      ErrorCategory.CALLER,
      "An account has at least one role and a name of 1 to 64 letters, digits, dots, dashes or"
          + " underscores."),
  ADDRESS_LOCKED(
      "CON-0018",
      ErrorCategory.POLICY,
      "Too many failed log-ins from this address; wait until the lock ends."),
  ROLES_CONFLICT(
      "CON-0019",
      ErrorCategory.POLICY,
      "System, security and audit administration are kept apart; an account has roles of one of"
          + " them."),
  INCIDENT_UNKNOWN("CON-0020", ErrorCategory.CALLER, "There is no incident of this number.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  INCIDENT_CHANGED(
      "CON-0021",
      ErrorCategory.CALLER,
      "Somebody else changed the incident meanwhile; look at it again before deciding.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  INCIDENT_STATE(
      "CON-0022", ErrorCategory.CALLER, "This cannot be done to an incident in its state.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  NOTHING_TO_UNDO(
      "CON-0023", ErrorCategory.CALLER, "There is no decision of yours on top to take back.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  NOTE_INVALID("CON-0024", ErrorCategory.CALLER, "A note has 1 to 4000 characters."),
  ACCOUNT_OWN(
      "CON-0025",
      ErrorCategory.POLICY,
      "Nobody administers their own account, except to give up roles; ask another administrator."),
  LAST_ADMINISTRATOR(
      "CON-0026",
      ErrorCategory.POLICY,
      "This is the last open account that administers accounts; appoint another one first."),
  ACCOUNT_CHANGED(
      "CON-0027",
      ErrorCategory.CALLER,
      "Somebody else changed the account meanwhile; look at it again before deciding.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  DETECTION_FAILED(
      "CON-0030",
      ErrorCategory.INTERNAL,
      "Detection stopped at an entry; it retries, see the log for the cause."),
  DEMO_DATABASE_FAILED(
      "CON-0040",
      ErrorCategory.EXTERNAL,
      "The demo database could not start or stop; see the cause, usually a port in use."),
  RETENTION_ROLE(
      "CON-0041",
      ErrorCategory.POLICY,
      "Administrators propose and carry out, the chief officer approves, auditors do neither; the"
          + " account has no role for this."),
  PASSWORD_NOT_OWN(
      "CON-0042",
      ErrorCategory.POLICY,
      "The password was given by somebody else; log in to the console and choose your own first."),
  RETENTION_STARTING(
      "CON-0043",
      ErrorCategory.CAPACITY,
      "What the log says about retention is still being read after the start; try again shortly,"
          + " and see the health page if it stays."),
  RETENTION_ELSEWHERE(
      "CON-0044",
      ErrorCategory.CALLER,
      "This process does not keep the log; retention is shown where the store runs."),
  RETENTION_NO_ACCOUNTS(
      "CON-0045",
      ErrorCategory.POLICY,
      "Orders about retention name persons, and this process has no accounts to know them by.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  ConsoleErrorCode(String id, ErrorCategory category, String meaning) {
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
