// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Hash;
import org.citywall.collect.ParseResult;
import org.citywall.collect.RawRecord;

/** Events that begin with what every event has: its exact bytes and their hash. */
public final class Drafts {

  private Drafts() {}

  /**
   * A builder with original bytes, hash and, beyond the allowed skew, the mark for it.
   *
   * @param allowedSkew how far event time may be from receipt, negative for no mark at all
   */
  static Event.Builder event(RawRecord record, Instant timestamp, Duration allowedSkew) {
    Event.Builder draft =
        Event.builder(record.position(), timestamp, record.receivedAt())
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_ORIGINAL, record.bytes())
            .put(Field.GOV_RAW_HASH, hash(record.bytes()));
    if (!allowedSkew.isNegative()) {
      long skew = Micros.of(timestamp) - Micros.of(record.receivedAt());
      if (Math.abs(skew) > allowedSkew.toNanos() / 1000) {
        draft.put(Field.GOV_CLOCK_SKEW, skew);
      }
    }
    return draft;
  }

  /** The event that keeps a rejected record. */
  public static Event reject(ParseResult.Rejected rejected) {
    RawRecord record = rejected.record();
    return Event.builder(record.position(), record.receivedAt(), record.receivedAt())
        .put(Field.EVENT_KIND, "pipeline_error")
        .put(Field.EVENT_ORIGINAL, record.bytes())
        .put(Field.GOV_RAW_HASH, hash(record.bytes()))
        .put(Field.ERROR_CODE, rejected.code().id())
        .put(Field.ERROR_MESSAGE, rejected.reason())
        .put(Field.MESSAGE, new String(record.bytes(), UTF_8))
        .build();
  }

  private static String hash(byte[] bytes) {
    return Hash.sha256(bytes).hex();
  }
}
