// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log of what was stored: each file once, also one that another process brought in or
 * that a crash left untold. Used by one thread.
 */
final class AnchorRecorder {

  private final EvidenceLog log;
  private final AnchorStore store;
  private final Clock clock;
  private final long epoch;
  private long sequence;
  private @Nullable Long previous;

  AnchorRecorder(EvidenceLog log, AnchorStore store, Clock clock) {
    this.log = log;
    this.store = store;
    this.clock = clock;
    this.epoch = Micros.of(clock.instant());
  }

  /**
   * Tells of everything untold.
   *
   * @param act name of the note that is being anchored
   * @param failures error codes by target, told with it; alone they make an entry too
   */
  void record(String act, Map<String, String> failures) {
    for (String name : store.names()) {
      TreeMap<String, Long> leaves = store.recorded(name);
      Map<String, String> fresh = fresh(name, leaves);
      Map<String, String> failed = name.equals(act) ? failures : Map.of();
      if (!fresh.isEmpty() || !failed.isEmpty()) {
        long leaf = append(name, AnchorStore.size(name), fresh, failed);
        if (!fresh.isEmpty()) {
          fresh.keySet().forEach(file -> leaves.put(file, leaf));
          store.setRecorded(name, leaves);
        }
      }
    }
  }

  /** Tells of an act that came to nothing, so that no note was stored. */
  void recordFailure(String name, long size, String target, String code) {
    append(name, size, Map.of(), Map.of(target, code));
  }

  private Map<String, String> fresh(String name, Map<String, Long> leaves) {
    Map<String, String> fresh = new TreeMap<>();
    for (String file : store.files(name)) {
      if (!leaves.containsKey(file)) {
        store.read(name, file).ifPresent(b -> fresh.put(file, Hash.sha256(b).hex()));
      }
    }
    return fresh;
  }

  private long append(
      String name, long size, Map<String, String> files, Map<String, String> failures) {
    Instant now = clock.instant();
    AnchorEntry entry = new AnchorEntry(name, size, previous(), files, failures);
    SourcePosition position = new SourcePosition(AnchorEntry.SOURCE, epoch, ++sequence);
    long leaf = log.appendOpen(List.of(entry.toEntry(position, now)))[0];
    previous = leaf;
    return leaf;
  }

  private long previous() {
    if (previous == null) {
      previous =
          store.names().stream()
              .flatMap(name -> store.recorded(name).values().stream())
              .max(Long::compare)
              .orElse(-1L);
    }
    return previous;
  }
}
