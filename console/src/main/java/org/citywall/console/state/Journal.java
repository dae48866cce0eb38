// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.time.Instant;
import java.util.function.Consumer;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One change of state while it is being made: its transaction and the entries that tell of it. */
public interface Journal {

  /** The database, within the change's transaction. */
  JdbcClient jdbc();

  /** Time of the change, the same for all of it. */
  Instant now();

  /** Adds an entry of kind STATE_CHANGE to the change; what it says is filled in by the caller. */
  EventId record(Consumer<Event.Builder> content);
}
