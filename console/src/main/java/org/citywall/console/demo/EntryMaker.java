// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/** Gives records their place in the stream of their source and makes entries of them. */
final class EntryMaker {

  private final long epoch;
  private final RandomGenerator random;
  private final Map<String, Long> sequences = new HashMap<>();
  private long received;

  private final @Nullable DemoSubjects subjects;

  /**
   * @param subjects null where nobody is told apart
   */
  EntryMaker(long epoch, long seed, @Nullable DemoSubjects subjects) {
    this.epoch = epoch;
    this.subjects = subjects;
    this.random = DemoCity.random(seed ^ epoch);
  }

  List<Entry> entries(Iterator<DemoRecord> records) {
    List<Entry> entries = new ArrayList<>();
    records.forEachRemaining(record -> entries.add(entry(record)));
    return entries;
  }

  private Entry entry(DemoRecord record) {
    // A record arrives some milliseconds after it happened, never before an earlier one arrived.
    received = Math.max(received + 1, record.at() + 2_000 + random.nextInt(30_000));
    long sequence = sequences.merge(record.source(), 1L, Long::sum);
    Event.Builder event =
        Event.builder(
            new SourcePosition(record.source(), epoch, sequence),
            Micros.toInstant(record.at()),
            Micros.toInstant(received));
    record.fill(event);
    if (subjects != null && record instanceof DbAccess access) {
      subjects.of(access).ifPresent(persons -> persons.put(event));
    }
    byte[] original = record.original();
    if (original.length > 0) {
      event.put(Field.EVENT_ORIGINAL, original);
      event.put(Field.GOV_RAW_HASH, Hash.sha256(original).hex());
    }
    return new Entry(record.kind(), event.build());
  }
}
