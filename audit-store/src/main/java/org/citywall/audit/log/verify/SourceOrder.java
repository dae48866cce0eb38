// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.HashMap;
import java.util.Map;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Envelope;

/**
 * Watches that entries identified by their position stand in the order of their source. A position
 * that repeats is a remark: the writer forgets epochs that were silent for long.
 */
final class SourceOrder {

  /** Events of one source in one of its epochs. */
  record Stream(String source, long epoch) {}

  private final Findings findings;
  private final Map<Stream, Long> marks = new HashMap<>();

  SourceOrder(Findings findings, Map<Stream, Long> earlier) {
    this.findings = findings;
    marks.putAll(earlier);
  }

  /** The highest sequence of each stream so far. */
  Map<Stream, Long> marks() {
    return Map.copyOf(marks);
  }

  void accept(String file, long leaf, Envelope envelope) {
    SourcePosition position = envelope.position();
    Stream stream = new Stream(position.source(), position.epoch());
    Long mark = marks.get(stream);
    if (mark != null && position.sequence() <= mark) {
      if (envelope.id().equals(EventId.of(position))) {
        findings.remark(file, leaf, -1, position + " comes after sequence " + mark);
      }
    } else {
      marks.put(stream, position.sequence());
    }
  }
}
