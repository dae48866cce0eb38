// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The clock of ticks and where it can be picked up again. The clock is the time of the last tick
 * and nothing else; before the first tick it is the receipt of the first event.
 */
final class TickHistory {

  private static final long SPACING = 60_000_000;
  private static final int KEPT = 60 * 24 * 3;

  private record Mark(long leaf, long micros) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private long firstLeaf = Long.MAX_VALUE;
  private long lastTick = -1;
  private long clock;

  /** Tells of an event; the first one starts the clock where no tick has. */
  void begin(long leaf, long receivedMicros) {
    if (firstLeaf == Long.MAX_VALUE) {
      firstLeaf = leaf;
      clock = receivedMicros;
    }
  }

  void tick(long leaf, long micros) {
    begin(leaf, micros);
    clock = micros;
    lastTick = leaf;
    if (marks.isEmpty() || Math.abs(micros - marks.getLast().micros()) >= SPACING) {
      marks.addLast(new Mark(leaf, micros));
      if (marks.size() > KEPT) {
        marks.removeFirst();
      }
    }
  }

  long clock() {
    return clock;
  }

  /** The last kept tick at or before this leaf, else the first leaf this engine read. */
  long atOrBefore(long leaf) {
    if (lastTick >= 0 && lastTick <= leaf) {
      return lastTick;
    }
    var newestFirst = marks.descendingIterator();
    while (newestFirst.hasNext()) {
      Mark mark = newestFirst.next();
      if (mark.leaf() <= leaf) {
        return mark.leaf();
      }
    }
    return Math.min(firstLeaf, leaf);
  }
}
