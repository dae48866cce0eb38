// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/** What the collector has to say about a source, as an event of its own. */
sealed interface SelfReport {

  /** {@code event.action} of a silence that begins and of one that ends. */
  String SILENT = "source-silent";

  String RESUMED = "source-resumed";

  /** Source that the report is about, with {@code #host} where it is about one host of it. */
  String origin();

  /** Numbers that a host of it skipped, from the first to the last. */
  record Gap(String origin, @Nullable String host, long from, long to) implements SelfReport {}

  record Silent(String origin, @Nullable String host, Duration silence) implements SelfReport {}

  record Resumed(String origin, @Nullable String host, Duration silence) implements SelfReport {}

  /** Connections that were refused or ended for one reason since the last such report. */
  record Refused(String origin, CollectErrorCode code, long count) implements SelfReport {

    @Override
    public @Nullable String host() {
      return null;
    }
  }

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
              .put(Field.EVENT_ACTION, SILENT)
              .put(Field.EVENT_TYPE, List.of("end"))
              .put(Field.GOV_SILENCE_SECONDS, silent.silence().toSeconds())
              .put(Field.MESSAGE, origin() + " has fallen silent");
      case Resumed resumed ->
          event
              .put(Field.EVENT_ACTION, RESUMED)
              .put(Field.EVENT_TYPE, List.of("start"))
              .put(Field.GOV_SILENCE_SECONDS, resumed.silence().toSeconds())
              .put(Field.MESSAGE, origin() + " is heard of again");
      case Refused refused ->
          event
              .put(Field.EVENT_ACTION, "source-refused")
              .put(Field.EVENT_CATEGORY, List.of("network"))
              .put(Field.EVENT_TYPE, List.of("denied"))
              .put(Field.EVENT_OUTCOME, "failure")
              .put(Field.EVENT_REASON, refused.code().meaning())
              .put(Field.ERROR_CODE, refused.code().id())
              .label("count", Long.toString(refused.count()))
              .put(Field.MESSAGE, refused.count() + " refused from " + origin());
    }
    return event.build();
  }
}
