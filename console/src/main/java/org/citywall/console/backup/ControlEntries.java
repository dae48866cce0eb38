// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.backup;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;

/** Entries of kind CONTROL about backups, in one sequence. Thread-safe. */
final class ControlEntries {

  static final String SOURCE = "citywall/backup";

  private final EvidenceLog log;
  private final Clock clock;
  private final long epoch;
  private long sequence;

  ControlEntries(EvidenceLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
    this.epoch = Micros.of(clock.instant());
  }

  /** Appends an entry and returns its leaf once it is durable. */
  synchronized long append(String action, String message, Map<String, String> labels) {
    Instant now = clock.instant();
    Event.Builder event =
        Event.builder(new SourcePosition(SOURCE, epoch, sequence + 1), now, now)
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_PROVIDER, "citywall")
            .put(Field.EVENT_ACTION, action)
            .put(Field.MESSAGE, message);
    labels.forEach((name, value) -> event.label("backup." + name, value));
    long leaf = log.append(List.of(new Entry(EntryKind.CONTROL, event.build())))[0];
    sequence++;
    return leaf;
  }
}
