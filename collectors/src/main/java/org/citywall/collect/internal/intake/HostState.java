// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** A host that a source speaks for. Guarded by the source's lock. */
final class HostState {

  private static final String ELEMENT = "[meta ";
  private static final String PARAMETER = "sequenceId=\"";

  final Rhythm rhythm = new Rhythm();
  private long lastSequenceId;

  /** Numbers that are missing before this event, by RFC 5424 section 7.3.1. */
  record Gap(long from, long to) {}

  /**
   * The gap that this event shows, else null. A number that is not higher than the last one means
   * that the sender started anew or sends again; both are no gap.
   */
  @Nullable Gap gapBefore(Event event) {
    long sequenceId = sequenceId(event.text(Field.LOG_SYSLOG_STRUCTURED_DATA));
    if (sequenceId < 1) {
      return null;
    }
    long before = lastSequenceId;
    lastSequenceId = sequenceId;
    return before > 0 && sequenceId > before + 1 ? new Gap(before + 1, sequenceId - 1) : null;
  }

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
