// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of the masking proxy. */
public enum MaskingErrorCode implements ErrorCode {
  STATEMENT_TOO_LARGE(
      "MSK-0020",
      ErrorCategory.CALLER,
      "The statement is longer, deeper or more complex than the proxy reads; split it."),
  STATEMENT_UNREADABLE(
      "MSK-0021",
      ErrorCategory.CALLER,
      "The statement does not follow PostgreSQL's grammar as the proxy reads it; correct it."),
  STATEMENT_KIND_REFUSED(
      "MSK-0022",
      ErrorCategory.POLICY,
      "Statements of this kind do not pass the proxy; ask the database's owner to run it."),
  CONSTRUCT_REFUSED(
      "MSK-0023",
      ErrorCategory.POLICY,
      "The statement uses something that the proxy cannot account for; write it differently."),
  FUNCTION_REFUSED(
      "MSK-0024",
      ErrorCategory.POLICY,
      "The function is not among those that can be used through the proxy; use another one."),
  RELATION_UNKNOWN(
      "MSK-0025",
      ErrorCategory.CALLER,
      "There is no such relation on the search path; correct its name."),
  RELATION_UNCATALOGUED(
      "MSK-0026",
      ErrorCategory.POLICY,
      "The data catalogue does not know the table; have it catalogued before it is used."),
  RELATION_REFUSED(
      "MSK-0027",
      ErrorCategory.POLICY,
      "The relation shows values whatever a person may see; it does not pass the proxy."),
  WRITE_REFUSED(
      "MSK-0028",
      ErrorCategory.POLICY,
      "The statement writes, or reads while it writes, a column above the person's clearance."),
  SETTING_REFUSED(
      "MSK-0029",
      ErrorCategory.POLICY,
      "The setting would change what statements mean or show; it does not pass the proxy."),
  NAME_UNACCOUNTED(
      "MSK-0030",
      ErrorCategory.POLICY,
      "A protected table is named at a place that the proxy did not account for; rename or"
          + " qualify what shares its name."),
  EXPLAIN_REFUSED(
      "MSK-0031",
      ErrorCategory.POLICY,
      "The plan would show the secret of a mask; explain a statement without that column."),
  ANALYSER_FAILED(
      "MSK-0032",
      ErrorCategory.INTERNAL,
      "The analyser of statements failed or took too long; the statement was not run."),
  ROW_FILTER_INVALID(
      "MSK-0033",
      ErrorCategory.CALLER,
      "A row filter is no condition over columns of its own table; correct it in the catalogue."),
  USAGE_UNAVAILABLE(
      "MSK-0034",
      ErrorCategory.EXTERNAL,
      "What was used of a grant cannot be counted durably now, so that nothing is given; check"
          + " the counts' file or schema."),
  USAGE_DAMAGED(
      "MSK-0035",
      ErrorCategory.INTEGRITY,
      "The file that counts what was used of grants is damaged at the line named; have its grants"
          + " ended before it is removed."),
  GRANT_INVALID(
      "MSK-0036",
      ErrorCategory.CALLER,
      "A grant is not one that may be given: its person approves it, it ends before it begins, or"
          + " the catalogue lacks what it names; correct it."),
  GRANT_USED_UP(
      "MSK-0037",
      ErrorCategory.POLICY,
      "Nothing is left of a grant that the statement would use; send it again to see it masked."),
  GRANT_SCOPE(
      "MSK-0038",
      ErrorCategory.POLICY,
      "A grant to read does not reach so far; read the columns by a plain statement of their own."),
  LOOK_UP_VALUE_REFUSED(
      "MSK-0040",
      ErrorCategory.CALLER,
      "Rows are looked up by a whole value of the column, such as a full and valid number; correct"
          + " the value."),
  LOOK_UP_BUDGET_SPENT(
      "MSK-0041",
      ErrorCategory.POLICY,
      "As many values of the column were looked up as the person may in this time; wait for the"
          + " next period or have the grant changed."),
  IDENTITY_MISSING(
      "MSK-0044",
      ErrorCategory.POLICY,
      "The application named nobody for the statement; set citywall.identity or sign a comment."),
  IDENTITY_INVALID(
      "MSK-0045",
      ErrorCategory.POLICY,
      "Who is behind the statement is not named by a token of this application for this session or"
          + " statement."),
  IDENTITY_STALE(
      "MSK-0046",
      ErrorCategory.POLICY,
      "The token is too old, or from the future; the application has to sign a new one."),
  PERSON_REFUSED(
      "MSK-0047",
      ErrorCategory.POLICY,
      "The application may not act for the person that it named, or nobody knows them."),
  IDENTITY_LOST(
      "MSK-0048",
      ErrorCategory.POLICY,
      "Person or purpose were set by something that failed or was rolled back; set or reset them."),
  PURPOSE_REFUSED(
      "MSK-0049",
      ErrorCategory.POLICY,
      "The declared purpose is none of the person's; declare another one."),
  VIEWS_MISSING(
      "MSK-0050",
      ErrorCategory.POLICY,
      "The database has no views yet for what the person may see; have a DBA run"
          + " 'citywall proxy views apply'."),
  HARDENING_IMPOSSIBLE(
      "MSK-0051",
      ErrorCategory.CALLER,
      "The proxy's login can read tables in a way that no views change; change what is named"
          + " first."),
  TOO_MANY_PROFILES(
      "MSK-0052",
      ErrorCategory.CAPACITY,
      "The users may see more different things than hardened mode makes views for; give users"
          + " of one duty the same rights."),
  HARDENING_FAILED(
      "MSK-0053",
      ErrorCategory.EXTERNAL,
      "The database did not do what hardened mode needs; nothing was changed."),
  WIRE_FAULT(
      "MSK-0060",
      ErrorCategory.CALLER,
      "The client does not speak PostgreSQL's protocol, or sent more than it may."),
  TOO_MANY_CONNECTIONS(
      "MSK-0061", ErrorCategory.CAPACITY, "The proxy has as many clients as it takes; try later."),
  SCHEMA_UNREADABLE(
      "MSK-0062",
      ErrorCategory.EXTERNAL,
      "The proxy cannot read the database's schema, so it cannot judge statements."),
  PROVENANCE_BLOCKED(
      "MSK-0063",
      ErrorCategory.INTEGRITY,
      "A protected column was about to be shown without its mask; nothing was shown."),
  DECISION_NOT_RECORDED(
      "MSK-0064",
      ErrorCategory.EXTERNAL,
      "What is decided has to be recorded first, and could not be; the statement did not run."),
  BACKEND_UNREACHABLE(
      "MSK-0065",
      ErrorCategory.EXTERNAL,
      "There is no connection to the database behind the proxy."),
  TLS_REQUIRED("MSK-0066", ErrorCategory.POLICY, "The proxy takes clients over TLS only."),
  FUNCTION_CALL_REFUSED(
      "MSK-0067",
      ErrorCategory.POLICY,
      "Functions are called in statements, not by the protocol's message for it."),
  PORT_TAKEN("MSK-0069", ErrorCategory.EXTERNAL, "The proxy cannot listen at its address."),
  CERTIFICATE_UNUSABLE(
      "MSK-0070", ErrorCategory.CALLER, "Certificate or key of the proxy cannot be used."),
  TOO_MANY_OF_USER(
      "MSK-0072",
      ErrorCategory.CAPACITY,
      "The user has as many connections as one may have; close some and try again."),
  STATEMENT_TIME_OVER(
      "MSK-0073",
      ErrorCategory.CAPACITY,
      "The statement took longer than the proxy lets one run, and was cancelled."),
  TRANSACTION_IDLE(
      "MSK-0074",
      ErrorCategory.CAPACITY,
      "The transaction was left open without a statement for longer than the proxy lets it; it was"
          + " rolled back."),
  CLIENT_DOES_NOT_READ(
      "MSK-0075",
      ErrorCategory.CAPACITY,
      "The client took nothing of its result for longer than the proxy waits; its connections were"
          + " ended."),
  ROW_CAP_REACHED(
      "MSK-0076",
      ErrorCategory.POLICY,
      "As many rows were shown as a grant allows; the result ends here."),
  MASKED_TEXT_WRITTEN(
      "MSK-0077",
      ErrorCategory.POLICY,
      "What a mask left of a value would be written in its place; write the whole value, or leave"
          + " the column out."),
  FILE_UNREADABLE(
      "MSK-0080",
      ErrorCategory.EXTERNAL,
      "The catalogue or the proxy's file cannot be read as UTF-8 text; check its path"
          + " and owner."),
  FILE_SYNTAX(
      "MSK-0081",
      ErrorCategory.CALLER,
      "The file is no YAML that the proxy reads, at the line named; correct it."),
  KEY_UNKNOWN(
      "MSK-0082",
      ErrorCategory.CALLER,
      "The file has a key that means nothing at the line named; correct or remove it."),
  KEY_TWICE(
      "MSK-0083",
      ErrorCategory.CALLER,
      "A key is there twice in one mapping; remove one of the two."),
  VALUE_INVALID(
      "MSK-0084",
      ErrorCategory.CALLER,
      "A value is missing, or not of the kind that its key takes; correct it."),
  SCHEME_UNKNOWN(
      "MSK-0085",
      ErrorCategory.CALLER,
      "There is no scheme of levels with this name; name another one or write its levels."),
  LEVEL_UNKNOWN(
      "MSK-0086",
      ErrorCategory.CALLER,
      "The scheme of levels has no such level or clearance; correct the number."),
  MASK_INVALID(
      "MSK-0087",
      ErrorCategory.CALLER,
      "There is no such mask, or it lacks a property or has one too many; correct it."),
  NAME_TWICE(
      "MSK-0088",
      ErrorCategory.CALLER,
      "A table, a column or a user is there twice; remove one of the two."),
  SUBJECT_MISSING(
      "MSK-0089",
      ErrorCategory.CALLER,
      "The subject of a table is none of its columns; correct its name."),
  USER_UNKNOWN(
      "MSK-0090",
      ErrorCategory.CALLER,
      "The proxy's file has no user of this name; correct the name."),
  POLICY_KEPT(
      "MSK-0091",
      ErrorCategory.CALLER,
      "A changed catalogue or proxy file is wrong; the last good one stays in force"
          + " until it is corrected."),
  LOGIN_ENDED(
      "MSK-0092",
      ErrorCategory.EXTERNAL,
      "The login that this connection was made with at the database ends; connect again.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  MaskingErrorCode(String id, ErrorCategory category, String meaning) {
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
