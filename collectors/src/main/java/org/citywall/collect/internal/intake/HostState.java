// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** A host that a source speaks for. Guarded by the source's monitor. */
final class HostState {

  private static final String ELEMENT = "[meta ";
  private static final String PARAMETER = "sequenceId=\"";

  final Rhythm rhythm = new Rhythm();
  private @Nullable SequenceWatch sequence;

  /** Notes the number that this event carries, if it does (RFC 5424 section 7.3.1). */
  void arrived(Channel channel, Event event) {
    long number = sequenceId(event.text(Field.LOG_SYSLOG_STRUCTURED_DATA));
    if (number >= 1) {
      sequence().arrived(channel, number);
    }
  }

  /** Takes up what was known before the restart. */
  void restore(SourceMemory.Host memory) {
    rhythm.restore(memory.rhythm());
    if (!memory.marks().isEmpty()) {
      sequence().restore(memory.marks());
    }
  }

  /** Takes up an event from before the restart. */
  void recall(Event event) {
    long number = sequenceId(event.text(Field.LOG_SYSLOG_STRUCTURED_DATA));
    if (number >= 1 && !rhythm.isPast(event.received())) {
      sequence().recall(number);
    }
    rhythm.recall(event.received());
  }

  void ended(Channel channel, boolean inOrder) {
    if (sequence != null) {
      sequence.ended(channel, inOrder);
    }
  }

  /** Numbers that are missing for good by now; each is answered once. */
  List<NumberSet.Range> missing(Instant now) {
    return sequence == null ? List.of() : sequence.missing(now);
  }

  /** Where its counters stood. */
  List<Long> marks() {
    return sequence == null ? List.of() : sequence.marks();
  }

  private SequenceWatch sequence() {
    if (sequence == null) {
      sequence = new SequenceWatch();
    }
    return sequence;
  }

  /** The number in the {@code meta} element, or -1. */
  static long sequenceId(@Nullable String structuredData) {
    if (structuredData == null) {
      return -1;
    }
    int element = structuredData.indexOf(ELEMENT);
    int end = element < 0 ? -1 : structuredData.indexOf(']', element);
    int parameter = end < 0 ? -1 : structuredData.indexOf(PARAMETER, element);
    if (parameter < 0 || parameter > end) {
      return -1;
    }
    long number = 0;
    int at = parameter + PARAMETER.length();
    int first = at;
    while (at < end && at - first < 10 && isDigit(structuredData.charAt(at))) {
      number = number * 10 + structuredData.charAt(at++) - '0';
    }
    return at > first && structuredData.charAt(at) == '"' ? number : -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
