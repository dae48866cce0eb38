// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections and requests that listeners refuse or end, by peer and reason. The first
 * one is reported at once, what follows each minute. Safe for use by several threads.
 */
public final class Refusals {

  private static final Duration EACH = Duration.ofMinutes(1);
  private static final int MAX_PEERS = 256;

  /** Peers beyond the limit are counted together. */
  private static final String OTHERS = "others";

  private record Key(String origin, CollectErrorCode code) {}

  private static final class Count {
    private long unreported;
    private @Nullable Instant reported;
  }

  private final Map<Key, Count> counts = new HashMap<>();

  /** Notes a refusal of this peer, named as its source would be. */
  public synchronized void note(SourceKind kind, String peer, CollectErrorCode code) {
    Key key = new Key(kind.source(peer), code);
    if (counts.size() >= MAX_PEERS && !counts.containsKey(key)) {
      key = new Key(kind.source(OTHERS), code);
    }
    counts.computeIfAbsent(key, unknown -> new Count()).unreported++;
  }

  /** Reports what is due; what {@code report} does not take stays. */
  void report(Instant now, Predicate<SelfReport> report) {
    for (Map.Entry<Key, Long> due : due(now)) {
      Key key = due.getKey();
      if (report.test(new SelfReport.Refused(key.origin(), key.code(), due.getValue()))) {
        reported(key, due.getValue(), now);
      }
    }
  }

  private synchronized List<Map.Entry<Key, Long>> due(Instant now) {
    List<Map.Entry<Key, Long>> due = new ArrayList<>();
    counts
        .entrySet()
        .removeIf(
            entry -> {
              Count count = entry.getValue();
              boolean over = count.reported == null || !now.isBefore(count.reported.plus(EACH));
              if (over && count.unreported > 0) {
                due.add(Map.entry(entry.getKey(), count.unreported));
              }
              return over && count.unreported == 0;
            });
    return due;
  }

  private synchronized void reported(Key key, long number, Instant now) {
    Count count = counts.computeIfAbsent(key, unknown -> new Count());
    count.unreported -= number;
    count.reported = now;
  }
}
