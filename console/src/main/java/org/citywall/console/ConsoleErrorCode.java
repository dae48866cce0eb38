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
      "Orders about retention name persons, and this process has no accounts to know them by."),
  SUBJECT_INVALID(
      "CON-0046",
      ErrorCategory.CALLER,
      "This is no resident's identity number: 18 characters with a real birth date and the right"
          + " check character, or 15 digits of the first generation."),
  SUBJECT_REASON_MISSING(
      "CON-0047",
      ErrorCategory.CALLER,
      "Say in 4 to 400 characters why you ask who looked at this person's record, without the"
          + " number itself; the reason is recorded."),
  SUBJECT_ROLE(
      "CON-0048",
      ErrorCategory.POLICY,
      "Officers, the chief officer and auditors may ask who looked at a person's record; the"
          + " account has none of these roles."),
  EXPOSURE_ELSEWHERE(
      "CON-0049",
      ErrorCategory.CALLER,
      "This process keeps no exposure ledger; ask one with the role console."),
  REPORT_FONT(
      "CON-0050",
      ErrorCategory.EXTERNAL,
      "A PDF needs a font with TrueType outlines and Chinese characters: install fonts-wqy-zenhei"
          + " (openEuler: wqy-zenhei-fonts) or name a file as font in the section report of"
          + " citywall.yaml. Fonts with PostScript outlines such as Noto CJK cannot be embedded."),
  REPORT_GLYPHS(
      "CON-0051",
      ErrorCategory.EXTERNAL,
      "The font of the PDF lacks characters of the report; name one that has them as font in the"
          + " section report of citywall.yaml, or take the Word report."),
  REPORT_EMPTY(
      "CON-0052",
      ErrorCategory.CALLER,
      "The round has nothing that this report tells of: no framework of the kind, or no task that"
          + " is not closed."),
  SYSTEM_UNKNOWN("CON-0056", ErrorCategory.CALLER, "There is no graded system of this number.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  SYSTEM_INVALID(
      "CON-0057",
      ErrorCategory.CALLER,
      "A graded system has a name, an owner and a certificate with a number; correct"
          + " what is named."),
  COMPLIANCE_CHANGED(
      "CON-0058",
      ErrorCategory.CALLER,
      "Somebody else changed it meanwhile; look at it again before deciding.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  ASSESSMENT_UNKNOWN(
      "CON-0059", ErrorCategory.CALLER, "There is no assessment round of this number.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  ASSESSMENT_CLOSED(
      "CON-0060",
      ErrorCategory.CALLER,
      "The round is closed and stays as it is; begin another one.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  ITEM_UNKNOWN("CON-0061", ErrorCategory.CALLER, "The round has no such item, object or risk.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  ASSESSMENT_UNSETTLED(
      "CON-0062",
      ErrorCategory.CALLER,
      "Items are untested, could not be checked or rest on expired evidence; settle"
          + " them before the round is closed.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  SETTLEMENT_INVALID(
      "CON-0063",
      ErrorCategory.CALLER,
      "The result cannot be taken: what does not apply needs reason, another person who"
          + " approves and a last day."),
  REVIEW_OWN(
      "CON-0064",
      ErrorCategory.POLICY,
      "Nobody reviews what they settled themselves, and what is untested cannot be" + " reviewed."),
  EVIDENCE_INVALID(
      "CON-0065",
      ErrorCategory.CALLER,
      "Evidence is an entry of the log or the SHA-256 of a file, with a name and the"
          + " time that it is about."),
  TASK_UNKNOWN("CON-0066", ErrorCategory.CALLER, "There is no rectification task of this number.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  TASK_STATE("CON-0067", ErrorCategory.CALLER, "This cannot be done to a task in its state.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  CHECK_RESULTS_INVALID(
      "CON-0068",
      ErrorCategory.CALLER,
      "The file is not what 'citywall check run --json' prints; correct the named line."
          + " Nothing was taken."),
  ASSESSMENT_OPEN(
      "CON-0069",
      ErrorCategory.CALLER,
      "The system has a round that is not closed yet; close it first.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  NOT_MENDED(
      "CON-0070",
      ErrorCategory.CALLER,
      "The item does not conform yet; settle it anew after a retest.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  PLAN_INVALID(
      "CON-0071",
      ErrorCategory.CALLER,
      "A round is begun with 1 to 12 frameworks, one version of each, and an attention"
          + " of 0 to 100."),
  REPORT_REFUSED(
      "CON-0072",
      ErrorCategory.CALLER,
      "The report cannot be made so: the formats are json, oscal-results, oscal-poam, xlsx, docx"
          + " and pdf, the reports djbh, miping, index and rectification, and the file is a new one"
          + " that can be written."),
  CHECK_RUN_GOING(
      "CON-0073", ErrorCategory.CALLER, "A run of checks goes on; wait until it is done.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  CHECK_TARGETS_NONE(
      "CON-0074",
      ErrorCategory.CALLER,
      "The file of targets lists nothing for this run; add targets, each with the systems that it"
          + " is part of."),
  CHECK_RUN_UNKNOWN("CON-0075", ErrorCategory.CALLER, "There is no run of checks of this number.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  CHECK_RUN_FILE(
      "CON-0076",
      ErrorCategory.EXTERNAL,
      "The file of a run cannot be written or read; see the cause. No round took anything of it."),
  CHECK_RUN_CHANGED(
      "CON-0077",
      ErrorCategory.INTEGRITY,
      "The file of a run is not the one that the log tells of; its results are not shown."),
  CHECKS_ABSENT(
      "CON-0078", ErrorCategory.CALLER, "This process makes no runs of checks; see the server.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  INDEX_CHANGED(
      "CON-0090",
      ErrorCategory.CALLER,
      "Somebody else changed the period first; look at it again.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  INDEX_STATE(
      "CON-0091",
      ErrorCategory.CALLER,
      "This cannot be done to a period in its state; what is signed never changes.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  INDEX_FED(
      "CON-0092",
      ErrorCategory.CALLER,
      "The platform tells this value from its evidence; it is not entered by hand.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  INDEX_UNSETTLED(
      "CON-0093",
      ErrorCategory.CALLER,
      "An indicator has no value yet; enter it or say that it does not apply.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  INDEX_OWN("CON-0094", ErrorCategory.POLICY, "Nobody signs a period that they prepared."),
  INDEX_RUNNING(
      "CON-0095",
      ErrorCategory.CALLER,
      "The period is not over, or has not begun; it is prepared after its last day.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  INDEX_ENTRY_INVALID(
      "CON-0096",
      ErrorCategory.CALLER,
      "The entry cannot be taken: it needs an indicator of the index, a value of 0 to 100 with at"
          + " most 4 decimals or that it does not apply, an explanation, and evidence about the"
          + " period."),
  INDEX_ALTERED(
      "CON-0097",
      ErrorCategory.INTEGRITY,
      "The report of a signed period is not the one that was signed; it is not shown. Compare the"
          + " state database with a backup and the log."),
  FRAMEWORK_NO_DRAFT(
      "CON-0079", ErrorCategory.CALLER, "This framework has no draft; begin one first.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  FRAMEWORK_DRAFT_OPEN(
      "CON-0080",
      ErrorCategory.CALLER,
      "This framework has a draft already; publish or discard it first.") {
    @Override
    public int httpStatus() {
      return 409;
    }
  },
  FRAMEWORK_PUBLISH_OWN(
      "CON-0081",
      ErrorCategory.POLICY,
      "Nobody publishes a draft that they edited themselves; another officer reads and publishes"
          + " it."),
  FRAMEWORK_UNCHANGED(
      "CON-0082",
      ErrorCategory.CALLER,
      "The draft says what the last published version says; there is nothing to publish."),
  FRAMEWORK_UNSCORABLE(
      "CON-0083",
      ErrorCategory.CALLER,
      "The scoring rule cannot read these frameworks: an item stands in two of them, a dimension or"
          + " a unit is not one of the rule's, or an id is of another level.");

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
