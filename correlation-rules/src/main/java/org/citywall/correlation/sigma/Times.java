// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Times as events write them; in UTC where they name no zone. */
final class Times {

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  /** Above this a number counts milliseconds since the epoch, below it seconds. */
  private static final double FIRST_MILLIS = 100_000_000_000.0;

  /** Above this a number is no time but something else. */
  private static final double LAST_MILLIS = 100_000_000_000_000.0;

  /** Where events say when they happened, the surest first. */
  private static final List<String> FIELDS =
      List.of(
          "@timestamp",
          "UtcTime",
          "TimeCreated.#attributes.SystemTime",
          "TimeCreated.@SystemTime",
          "TimeCreated",
          "SystemTime",
          "eventTime",
          "EventTime",
          "timestamp",
          "time");

  private Times() {}

  /** The time, or empty for text that is none. */
  static Optional<OffsetDateTime> parse(String text) {
    try {
      double number = Numbers.parse(text);
      if (!Double.isNaN(number)) {
        return Math.abs(number) < LAST_MILLIS ? Optional.of(ofNumber(number)) : Optional.empty();
      }
      return switch (TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from)) {
        case OffsetDateTime time -> Optional.of(time);
        case LocalDateTime time -> Optional.of(time.atOffset(ZoneOffset.UTC));
        default -> Optional.empty();
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static OffsetDateTime ofNumber(double number) {
    double millis = Math.abs(number) < FIRST_MILLIS ? number * 1000 : number;
    return Instant.ofEpochMilli((long) millis).atOffset(ZoneOffset.UTC);
  }

  /** When the event happened, in microseconds since the epoch. */
  static OptionalLong of(SigmaEvent event) {
    for (String field : FIELDS) {
      for (String text : event.texts(field)) {
        Optional<OffsetDateTime> time = parse(text);
        if (time.isPresent()) {
          Instant at = time.get().toInstant();
          return OptionalLong.of(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
        }
      }
    }
    return OptionalLong.empty();
  }
}
