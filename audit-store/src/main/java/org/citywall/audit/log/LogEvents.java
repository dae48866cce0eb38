// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.Instant;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;

/** Events by which a log speaks about itself. */
final class LogEvents {

  /** Name of the log as a source. */
  private static final String SOURCE = "citywall/log";

  private LogEvents() {}

  /**
   * @param sequence size of the log before the event, which makes it unique
   */
  static Event.Builder builder(String origin, Instant now, long sequence) {
    String id = origin + ' ' + sequence + ' ' + now;
    return Event.builder(new SourcePosition(SOURCE, 0, sequence + 1), now, now)
        .id(EventId.ofClient(SOURCE, id))
        .put(Field.EVENT_PROVIDER, "citywall");
  }
}
