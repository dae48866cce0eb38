// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.jspecify.annotations.Nullable;

/** What the collector has to say about a source, as an event of its own. */
sealed interface SelfReport {

  /** Source that the report is about, with {@code #host} where it is about one host of it. */
  String origin();

  record Gap(String origin, @Nullable String host, long from, long to) implements SelfReport {}

  record Silent(String origin, @Nullable String host, Duration silence) implements SelfReport {}

  record Resumed(String origin, @Nullable String host, Duration silence) implements SelfReport {}

  @Nullable String host();

  default Event toEvent(SourcePosition position, Instant now) {
    Event.Builder event =
        Event.builder(position, now, now)
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_MODULE, "citywall")
            .put(Field.EVENT_DATASET, "citywall.collector")
            .put(Field.EVENT_CATEGORY, List.of("host"))
            .put(Field.GOV_ORIGIN_ID, origin())
            .put(Field.HOST_NAME, host());
    switch (this) {
      case Gap gap ->
          event
              .put(Field.EVENT_ACTION, "source-gap")
              .put(Field.EVENT_TYPE, List.of("info"))
              .put(Field.GOV_GAP_FROM, gap.from())
              .put(Field.GOV_GAP_TO, gap.to())
              .put(Field.MESSAGE, "records are missing from " + origin());
      case Silent silent ->
          event
              .put(Field.EVENT_ACTION, "source-silent")
              .put(Field.EVENT_TYPE, List.of("end"))
              .put(Field.GOV_SILENCE_SECONDS, silent.silence().toSeconds())
              .put(Field.MESSAGE, origin() + " has fallen silent");
      case Resumed resumed ->
          event
              .put(Field.EVENT_ACTION, "source-resumed")
              .put(Field.EVENT_TYPE, List.of("start"))
              .put(Field.GOV_SILENCE_SECONDS, resumed.silence().toSeconds())
              .put(Field.MESSAGE, origin() + " is heard of again");
    }
    return event.build();
  }
}
