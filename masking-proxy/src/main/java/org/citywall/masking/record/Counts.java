// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.masking.sql.facts.StatementText;
import org.citywall.masking.wire.Actor;
import org.citywall.masking.wire.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Statements that touch nothing catalogued, counted for each person and text of a session.
 * Thread-safe.
 */
final class Counts {

  private static final int MOST_TEXTS = 2000;

  /** Which statements count as one. */
  private record Key(
      String session, String name, @Nullable String purpose, @Nullable String ticket, String text) {

    static Key of(Decision decision, String text) {
      Actor actor = decision.access().actor();
      return new Key(decision.access().id(), actor.name(), actor.purpose(), actor.ticket(), text);
    }

    Key rest() {
      return new Key(session, name, null, null, "");
    }
  }

  /** Statements that count as one. */
  static final class Counted {
    private final Decision example;
    private long count;

    private Counted(Decision example) {
      this.example = example;
    }

    /** The first of them. */
    Decision example() {
      return example;
    }

    long count() {
      return count;
    }
  }

  private final Map<Key, Counted> counts = new HashMap<>();

  synchronized void count(Decision decision) {
    // Whoever sends texts without end must not fill the memory: the rest counts as one.
    Key key = Key.of(decision, decision.sql());
    Counted known = counts.get(key);
    if (known == null) {
      known =
          counts.computeIfAbsent(
              counts.size() < MOST_TEXTS ? key : key.rest(), one -> new Counted(decision));
    }
    known.count++;
  }

  /** What was counted since the last call; texts that are recorded alike count as one. */
  Collection<Counted> take() {
    List<Counted> taken;
    synchronized (this) {
      taken = new ArrayList<>(counts.values());
      counts.clear();
    }
    Map<Key, Counted> alike = new LinkedHashMap<>();
    for (Counted one : taken) {
      Key key = Key.of(one.example, StatementText.withoutValues(one.example.sql()));
      Counted first = alike.putIfAbsent(key, one);
      if (first != null) {
        first.count += one.count;
      }
    }
    return alike.values();
  }
}
