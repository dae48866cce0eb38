// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;

/** Events and entries for tests of the log. */
public final class TestEvents {

  public static final Instant TIME = Instant.parse("2026-03-01T08:00:00Z");

  private TestEvents() {}

  public static Entry at(String source, long epoch, long sequence) {
    return new Entry(EntryKind.EVENT, builder(source, epoch, sequence).build());
  }

  public static Entry ofClient(String source, long sequence, String clientId) {
    return new Entry(
        EntryKind.EVENT,
        builder(source, 1, sequence).id(EventId.ofClient(source, clientId)).build());
  }

  /** Entries of one source with sequences {@code from..to}. */
  public static List<Entry> range(String source, long from, long to) {
    List<Entry> entries = new ArrayList<>();
    for (long sequence = from; sequence <= to; sequence++) {
      entries.add(at(source, 1, sequence));
    }
    return entries;
  }

  private static Event.Builder builder(String source, long epoch, long sequence) {
    return Event.builder(
            new SourcePosition(source, epoch, sequence),
            TIME.plusMillis(sequence),
            TIME.plusMillis(sequence + 5))
        .put(Field.EVENT_ACTION, "ssh_login")
        .put(Field.EVENT_OUTCOME, "failure")
        .put(Field.GOV_NOTE, "attempt " + sequence + " of " + source);
  }
}
