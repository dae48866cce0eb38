// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.RawRecord;
import org.citywall.collect.internal.parse.Drafts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records of one source on their way into the spool. Lives under the source's lock. */
final class Batch {

  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final String source;
  private final long epoch;
  private final Instant received;
  private final ClientIds clientIds;
  private final Set<EventId> ownClientIds = new HashSet<>();
  private final List<Event> events = new ArrayList<>();
  private final List<byte[]> payloads = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private long nextSequence;

  Batch(SourceState source, long epoch, Instant received, ClientIds clientIds) {
    this.source = source.name;
    this.epoch = epoch;
    this.received = received;
    this.clientIds = clientIds;
    this.nextSequence = source.nextSequence;
  }

  void add(Frame frame, Parser parser) {
    RawRecord record = new RawRecord(frame.bytes(), received, position());
    ParseResult result = parse(frame, record, parser);
    switch (result) {
      case ParseResult.Parsed(Event event) -> accept(event);
      case ParseResult.Rejected rejected -> {
        Event event = Drafts.reject(rejected);
        append(EntryKind.EVENT, event);
        outcomes.add(new Outcome.Rejected(event.id(), rejected.code(), rejected.reason()));
      }
    }
  }

  /** Adds an event of the collector itself. */
  void add(EntryKind kind, Event event) {
    append(kind, event);
    outcomes.add(new Outcome.Accepted(event.id()));
  }

  SourcePosition position() {
    return new SourcePosition(source, epoch, nextSequence);
  }

  private void accept(Event event) {
    boolean named = event.has(Field.GOV_CLIENT_ID);
    if (named && (clientIds.contains(event.id()) || !ownClientIds.add(event.id()))) {
      outcomes.add(new Outcome.Duplicate(event.id()));
      return;
    }
    append(EntryKind.EVENT, event);
    outcomes.add(new Outcome.Accepted(event.id()));
  }

  private void append(EntryKind kind, Event event) {
    payloads.add(Payload.encode(kind, event));
    events.add(event);
    nextSequence++;
  }

  private static ParseResult parse(Frame frame, RawRecord record, Parser parser) {
    if (frame.fault() != null) {
      String reason = frame.reason() == null ? frame.fault().meaning() : frame.reason();
      return new ParseResult.Rejected(record, frame.fault(), reason);
    }
    try {
      return parser.parse(record);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a parser failed; the record is kept as a reject");
      return new ParseResult.Rejected(
          record, CollectErrorCode.PARSER_FAILED, "parser failed: " + e.getClass().getSimpleName());
    }
  }

  List<byte[]> payloads() {
    return payloads;
  }

  List<Event> events() {
    return events;
  }

  List<Outcome> outcomes() {
    return outcomes;
  }

  long nextSequence() {
    return nextSequence;
  }
}
