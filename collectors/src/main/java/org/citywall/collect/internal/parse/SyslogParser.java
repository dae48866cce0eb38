// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;

/** Reads RFC 5424, RFC 3164 and their forms in files, then the messages of known programs. */
public final class SyslogParser implements Parser {

  private static final int MAX_PRIORITY = 191;
  private static final int AUTH = 4;
  private static final int AUTHPRIV = 10;
  private static final List<String> SEVERITIES =
      List.of(
          "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug");
  private static final List<String> FACILITIES =
      List.of(
          "kernel",
          "user-level",
          "mail",
          "system",
          "security/authorization",
          "syslogd",
          "line-printer",
          "network-news",
          "uucp",
          "clock",
          "security/authorization",
          "ftp",
          "ntp",
          "log-audit",
          "log-alert",
          "clock",
          "local0",
          "local1",
          "local2",
          "local3",
          "local4",
          "local5",
          "local6",
          "local7");

  private final ParserOptions options;

  public SyslogParser(ParserOptions options) {
    this.options = options;
  }

  @Override
  public ParseResult parse(RawRecord record) {
    try {
      Envelope envelope = envelope(record.bytes(), record.receivedAt());
      Instant timestamp = envelope.timestamp == null ? record.receivedAt() : envelope.timestamp;
      Event.Builder event = Drafts.event(record, timestamp, options.allowedSkew());
      describe(envelope, event);
      if (envelope.message.indexOf(Encodings.REPLACEMENT) >= 0
          && !Encodings.isUtf8(record.bytes())) {
        event.label("log.encoding", "not UTF-8");
      }
      ProgramMessages.read(envelope, event);
      return new ParseResult.Parsed(event.build());
    } catch (Malformed e) {
      return new ParseResult.Rejected(record, CollectErrorCode.SYSLOG_MALFORMED, e.reason());
    }
  }

  private Envelope envelope(byte[] in, Instant received) throws Malformed {
    Envelope envelope = new Envelope();
    int at = Encodings.markEnd(in, 0);
    if (at < in.length && in[at] == '<') {
      at = priority(in, at, envelope);
    }
    if (envelope.priority >= 0 && in.length - at > 1 && in[at] == '1' && in[at + 1] == ' ') {
      StructuredEnvelope.read(in, at + 2, envelope);
    } else {
      LegacyEnvelope.read(in, at, envelope, options, received);
    }
    return envelope;
  }

  private static int priority(byte[] in, int open, Envelope into) throws Malformed {
    int at = open + 1;
    int priority = 0;
    while (at < in.length && at <= open + 3 && Timestamps.isDigit(in[at])) {
      priority = priority * 10 + in[at++] - '0';
    }
    if (at == open + 1 || at >= in.length || in[at] != '>' || priority > MAX_PRIORITY) {
      throw new Malformed("PRI is not a number from 0 to 191 in angle brackets");
    }
    into.priority = priority;
    return at + 1;
  }

  private void describe(Envelope envelope, Event.Builder event) {
    if (envelope.priority >= 0) {
      int facility = envelope.priority >> 3;
      int severity = envelope.priority & 7;
      event
          .put(Field.LOG_SYSLOG_PRIORITY, envelope.priority)
          .put(Field.LOG_SYSLOG_FACILITY_CODE, facility)
          .put(Field.LOG_SYSLOG_FACILITY_NAME, FACILITIES.get(facility))
          .put(Field.LOG_SYSLOG_SEVERITY_CODE, severity)
          .put(Field.LOG_SYSLOG_SEVERITY_NAME, SEVERITIES.get(severity));
    }
    if (envelope.structured) {
      event.put(Field.LOG_SYSLOG_VERSION, "1");
    } else {
      event.put(Field.EVENT_TIMEZONE, options.zone().getId());
    }
    boolean auth =
        envelope.priority >> 3 == AUTH
            || envelope.priority >> 3 == AUTHPRIV
            || ProgramMessages.knows(envelope.program);
    event
        .put(Field.EVENT_MODULE, "system")
        .put(Field.EVENT_DATASET, auth ? "system.auth" : "system.syslog")
        .put(Field.LOG_SYSLOG_HOSTNAME, envelope.host)
        .put(Field.HOST_NAME, envelope.host)
        .put(Field.HOST_HOSTNAME, envelope.host)
        .put(Field.LOG_SYSLOG_APPNAME, envelope.program)
        .put(Field.PROCESS_NAME, envelope.program)
        .put(Field.LOG_SYSLOG_PROCID, envelope.processId)
        .put(Field.LOG_SYSLOG_MSGID, envelope.messageId)
        .put(Field.LOG_SYSLOG_STRUCTURED_DATA, envelope.structuredData)
        .put(Field.MESSAGE, envelope.message);
    if (envelope.structuredData != null) {
      event.put(Field.TAGS, StructuredTags.of(envelope.structuredData));
    }
    if (envelope.host != null) {
      event.put(Field.RELATED_HOSTS, List.of(envelope.host));
    }
    processNumber(envelope, event);
  }

  private static void processNumber(Envelope envelope, Event.Builder event) {
    String text = envelope.processId;
    if (text == null || text.length() > 10) {
      return;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return;
      }
      number = number * 10 + c - '0';
    }
    event.put(Field.PROCESS_PID, number);
  }
}
