// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LoggedEntry;

/**
 * An event as detection sees it.
 *
 * @param micros event time that detection trusts, in microseconds since the epoch
 * @param clock time of the last tick, in microseconds
 * @param again read once more after a restart: windows count it, nothing else follows from it
 */
record Observation(LoggedEntry entry, long micros, long clock, boolean again) {

  long leaf() {
    return entry.leaf();
  }

  Event event() {
    return entry.event();
  }

  Instant at() {
    return Micros.toInstant(micros);
  }

  /** Enough of the event id to tell a duplicate from its neighbours. */
  long fingerprint() {
    return entry.event().id().low();
  }

  String text(Field field) {
    String text = entry.event().text(field);
    return text == null ? "" : text;
  }
}
