// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.retention.Payloads;
import org.jspecify.annotations.Nullable;

/** Counts the payloads that each data key seals, going on where it stopped. Thread-safe. */
final class PayloadCounts {

  private static final int BATCH = 1024;
  private static final Comparator<Payloads> OLDEST_FIRST =
      Comparator.comparing(Payloads::month).thenComparing(Payloads::group);

  private final Segments segments;
  private final @Nullable SealingKeys sealing;
  private final Map<Integer, Long> byKey = new HashMap<>();
  private long next;
  private volatile boolean stopped;

  PayloadCounts(Segments segments, @Nullable SealingKeys sealing) {
    this.segments = segments;
    this.sealing = sealing;
  }

  /** What is sealed and not destroyed, oldest month first; nothing where payloads stand open. */
  List<Payloads> payloads() {
    return sealed().values().stream().distinct().sorted(OLDEST_FIRST).toList();
  }

  private Map<Integer, Payloads> sealed() {
    return sealing == null ? Map.of() : sealing.sealed();
  }

  /** The same with numbers of payloads before leaf {@code size}. */
  synchronized Map<Payloads, Long> upTo(long size) {
    while (next < size) {
      if (stopped) {
        throw new PlatformException(AuditErrorCode.LOG_CLOSED, "numbers of payloads");
      }
      for (StoredRecord record : segments.read(next, BATCH, size)) {
        byKey.merge(record.key(), 1L, Long::sum);
        next = record.leaf() + 1;
      }
    }
    Map<Payloads, Long> counts = new LinkedHashMap<>();
    payloads().forEach(payloads -> counts.put(payloads, 0L));
    sealed()
        .forEach(
            (number, payloads) ->
                counts.merge(payloads, byKey.getOrDefault(number, 0L), Long::sum));
    return counts;
  }

  /** Ends a count that is going on. */
  void stop() {
    stopped = true;
  }
}
