// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;

/**
 * An entry that is durable.
 *
 * @param leaf position in the log and in its trees, from 0
 * @param event what was recorded; of a shredded entry only what its envelope says: id, times and
 *     source, no fields
 * @param shredded whether the payload was destroyed with the key that sealed it
 */
public record LoggedEntry(long leaf, EntryKind kind, Event event, boolean shredded) {

  /** An entry whose payload is there. */
  public LoggedEntry(long leaf, EntryKind kind, Event event) {
    this(leaf, kind, event, false);
  }

  /** What is left of an entry whose payload was destroyed. */
  static LoggedEntry shredded(long leaf, Envelope envelope) {
    return new LoggedEntry(leaf, envelope.kind(), envelope.withoutPayload(), true);
  }
}
