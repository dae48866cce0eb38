// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.ErrorCode;

/** Failures of the collectors, and the reasons for which a record is rejected. */
public enum CollectErrorCode implements ErrorCode {
  SYSLOG_MALFORMED(
      "COL-0001",
      ErrorCategory.CALLER,
      "The record is neither RFC 5424 nor RFC 3164 syslog; correct the template of the sender."),
  RECORD_TOO_LONG(
      "COL-0002",
      ErrorCategory.CALLER,
      "The record is longer than the limit; its beginning and its hash are kept."),
  RECORD_INCOMPLETE(
      "COL-0003",
      ErrorCategory.CALLER,
      "The connection ended or stalled inside a record; what had arrived is kept."),
  JSON_MALFORMED("COL-0004", ErrorCategory.CALLER, "The line is not a well-formed JSON object."),
  FORMAT_UNKNOWN("COL-0005", ErrorCategory.CALLER, "There is no parser of this name."),
  PARSER_FAILED(
      "COL-0006",
      ErrorCategory.INTERNAL,
      "A parser failed on the record, which is kept; report the record."),
  TIMESTAMP_INVALID(
      "COL-0007", ErrorCategory.CALLER, "The time of the record cannot be read; correct it."),
  EVENT_REFUSED(
      "COL-0008",
      ErrorCategory.CALLER,
      "The log refuses the event as it is; its hash is recorded in its place."),
  FILE_UNREADABLE("COL-0009", ErrorCategory.EXTERNAL, "A file of records cannot be read."),
  SPOOL_FULL(
      "COL-0010",
      ErrorCategory.CAPACITY,
      "The spool is full because the log does not keep up; wait and send again."),
  SPOOL_CORRUPT(
      "COL-0011",
      ErrorCategory.INTEGRITY,
      "Spooled records do not match their checksums; keep the spool folder for examination."),
  SPOOL_WRITE_FAILED(
      "COL-0012",
      ErrorCategory.EXTERNAL,
      "The disk refuses the spool; nothing is acknowledged until it accepts writes again."),
  SPOOL_READ_FAILED("COL-0013", ErrorCategory.EXTERNAL, "The disk refuses to read the spool."),
  COLLECTOR_CLOSED(
      "COL-0014", ErrorCategory.CAPACITY, "The collector is shutting down; send again later."),
  SPOOL_LOCKED(
      "COL-0015", ErrorCategory.CALLER, "Another process uses this spool folder; stop it first."),
  TOKEN_INVALID(
      "COL-0020", ErrorCategory.POLICY, "The request carries no valid bearer token.", 401),
  BODY_TOO_LARGE(
      "COL-0021", ErrorCategory.CALLER, "The body is larger than the limit; send less.", 413),
  REQUEST_MALFORMED("COL-0022", ErrorCategory.CALLER, "The request cannot be read."),
  METHOD_NOT_ALLOWED("COL-0023", ErrorCategory.CALLER, "Events are sent with POST.", 405),
  RELP_MALFORMED(
      "COL-0024", ErrorCategory.CALLER, "The peer breaks the RELP protocol; it is disconnected."),
  REQUESTS_EXHAUSTED(
      "COL-0025",
      ErrorCategory.CAPACITY,
      "The sender has too many requests under way; wait and send again.",
      429),
  CONTENT_TYPE_UNSUPPORTED(
      "COL-0026",
      ErrorCategory.CALLER,
      "The body has a type or an encoding that is not taken; send lines of JSON in UTF-8.",
      415),
  SERVER_BUSY(
      "COL-0027", ErrorCategory.CAPACITY, "Too many requests are under way; wait and send again."),
  LISTEN_FAILED(
      "COL-0030", ErrorCategory.EXTERNAL, "A port cannot be opened; another process may use it."),
  SOURCES_EXHAUSTED(
      "COL-0031", ErrorCategory.CAPACITY, "More sources than the limit; raise it or refuse some."),
  CONFIG_INVALID("COL-0032", ErrorCategory.CALLER, "The configuration of the collector is wrong."),
  CONNECTIONS_EXHAUSTED(
      "COL-0033",
      ErrorCategory.CAPACITY,
      "More connections than the limit, of all peers or of one address; raise it or find out why."),
  HANDSHAKE_FAILED(
      "COL-0034",
      ErrorCategory.POLICY,
      "A TLS handshake failed: the peer's certificate is missing or not trusted, or ours is not."),
  PEER_STALLED(
      "COL-0035",
      ErrorCategory.CALLER,
      "A peer took too long over a handshake or a record and was disconnected."),
  BUFFERS_EXHAUSTED(
      "COL-0036",
      ErrorCategory.CAPACITY,
      "Unfinished records of all peers hold the memory there is for them; send again later.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;
  private final int status;

  CollectErrorCode(String id, ErrorCategory category, String meaning) {
    this(id, category, meaning, 0);
  }

  CollectErrorCode(String id, ErrorCategory category, String meaning, int status) {
    this.id = id;
    this.category = category;
    this.meaning = meaning;
    this.status = status;
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

  @Override
  public int httpStatus() {
    return status == 0 ? ErrorCode.super.httpStatus() : status;
  }
}
