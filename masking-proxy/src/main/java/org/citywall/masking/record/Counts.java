// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.masking.wire.Decision;

/** Statements that touch nothing catalogued, counted for each session and text. Thread-safe. */
final class Counts {

  private static final int MOST_TEXTS = 2000;

  /** Which statements count as one. */
  private record Key(String session, String text) {}

  /**
   * Statements that count as one.
   *
   * @param example the first of them
   */
  record Counted(Decision example, long count) {}

  private final Map<Key, Counted> counts = new HashMap<>();

  synchronized void count(Decision decision) {
    // Whoever sends texts without end must not fill the memory: the rest counts as one.
    String text = counts.size() < MOST_TEXTS ? decision.sql() : "";
    counts.merge(
        new Key(decision.access().id(), text),
        new Counted(decision, 1),
        (before, one) -> new Counted(before.example(), before.count() + 1));
  }

  /** What was counted since the last call. */
  synchronized List<Counted> take() {
    List<Counted> taken = new ArrayList<>(counts.values());
    counts.clear();
    return taken;
  }
}
