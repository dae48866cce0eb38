// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/**
 * The collectors' report that a source fell silent or came back.
 *
 * @param origin the source it is about
 * @param seconds how long it has been silent
 */
record SourceReport(long at, String origin, boolean resumed, long seconds) implements DemoRecord {

  @Override
  public String source() {
    return DemoHistory.COLLECTOR;
  }

  @Override
  public byte[] original() {
    return new byte[0];
  }

  @Override
  public void fill(Event.Builder event) {
    event
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, List.of("host"))
        .put(Field.EVENT_TYPE, List.of("info"))
        .put(Field.EVENT_ACTION, resumed ? "source-resumed" : "source-silent")
        .put(Field.EVENT_DATASET, "citywall.source")
        .put(
            Field.MESSAGE,
            origin + (resumed ? " is back after " : " has been silent for ") + seconds + " s")
        .put(Field.TAGS, DemoHistory.TAGS)
        .put(Field.GOV_ORIGIN_ID, origin)
        .put(Field.GOV_SILENCE_SECONDS, seconds);
  }
}
