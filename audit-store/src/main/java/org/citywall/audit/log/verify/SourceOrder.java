// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Envelope;

/**
 * Watches that entries identified by their position stand in the order of their source, and that no
 * position is left out. A position that repeats is a remark: the writer forgets epochs that were
 * silent for long.
 */
final class SourceOrder {

  /** Events of one source in one of its epochs. */
  record Stream(String source, long epoch) {}

  /**
   * What is known of sources at some entry.
   *
   * @param marks the highest sequence of each stream
   * @param gaps the first gaps
   * @param missing how many numbers are missing
   * @param moreGaps how many further gaps there are
   */
  record Seen(Map<Stream, Long> marks, List<Completeness.Gap> gaps, long missing, long moreGaps) {

    static final Seen NOTHING = new Seen(Map.of(), List.of(), 0, 0);

    Seen {
      marks = Map.copyOf(marks);
      gaps = List.copyOf(gaps);
    }

    /** The same for a verification that reports no gap of what was before. */
    Seen concluded() {
      return new Seen(marks, List.of(), 0, 0);
    }
  }

  private static final int MAX_GAPS = 1000;

  private final Findings findings;
  private final Map<Stream, Long> marks = new HashMap<>();
  private final List<Completeness.Gap> gaps = new ArrayList<>();
  private long missing;
  private long moreGaps;

  SourceOrder(Findings findings, Seen earlier) {
    this.findings = findings;
    this.missing = earlier.missing();
    this.moreGaps = earlier.moreGaps();
    marks.putAll(earlier.marks());
    gaps.addAll(earlier.gaps());
  }

  Seen seen() {
    return new Seen(marks, gaps, missing, moreGaps);
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
      gap(stream, mark == null ? 1 : mark + 1, position.sequence() - 1, leaf);
    }
  }

  private void gap(Stream stream, long first, long last, long leaf) {
    if (first > last) {
      return;
    }
    missing += last - first + 1;
    if (gaps.size() < MAX_GAPS) {
      gaps.add(new Completeness.Gap(stream.source(), stream.epoch(), first, last, leaf));
    } else {
      moreGaps++;
    }
  }

  Completeness completeness() {
    long sources = marks.keySet().stream().map(Stream::source).distinct().count();
    return new Completeness(sources, marks.size(), missing, gaps, moreGaps);
  }
}
