// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;

/**
 * A time as people write it, which covers a stretch as long as its last unit: a date is a whole
 * day, {@code 2026-01-31T10:15} a minute. Also {@code now}, {@code -24h} and {@code now-15m} (units
 * s, m, h, d, w). Without an offset the zone is the clock's.
 *
 * @param from first microsecond
 * @param to last microsecond
 */
public record QueryTime(long from, long to) {

  private static final Pattern RELATIVE =
      Pattern.compile("(?:now|(?:now)?(?<amount>[+-]\\d{1,9})(?<unit>[smhdw]))");
  private static final Pattern PRECISION =
      Pattern.compile("T\\d\\d:\\d\\d(?<seconds>:\\d\\d(?:\\.(?<fraction>\\d{1,9}))?)?");
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Reads a time; {@code AUD-0030} where it is none. */
  public static QueryTime parse(String text, Clock clock) {
    try {
      Matcher relative = RELATIVE.matcher(text);
      if (relative.matches()) {
        long micros = Micros.of(clock.instant().plus(offset(relative)));
        return new QueryTime(micros, micros);
      }
      return text.indexOf('T') < 0 ? day(text, clock) : time(text, clock);
    } catch (DateTimeException | ArithmeticException | PlatformException e) {
      throw new PlatformException(
          AuditErrorCode.QUERY_INVALID,
          "expected a time such as 2026-01-31, 2026-01-31T10:15:00Z, now or -24h",
          e);
    }
  }

  /** Whether this is a day or longer rather than a time of day. */
  public boolean isDay() {
    return to - from > Duration.ofHours(20).toNanos() / 1000;
  }

  /** A text that reads back as exactly this microsecond. */
  static String exact(long micros) {
    return EXACT.format(Micros.toInstant(micros));
  }

  private static Duration offset(Matcher relative) {
    if (relative.group("amount") == null) {
      return Duration.ZERO;
    }
    long amount = Long.parseLong(relative.group("amount"));
    return switch (relative.group("unit")) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofDays(Math.multiplyExact(7, amount));
    };
  }

  private static QueryTime day(String text, Clock clock) {
    LocalDate date = LocalDate.parse(text);
    Instant next = date.plusDays(1).atStartOfDay(clock.getZone()).toInstant();
    return new QueryTime(
        Micros.of(date.atStartOfDay(clock.getZone()).toInstant()), Micros.of(next) - 1);
  }

  private static QueryTime time(String text, Clock clock) {
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    Instant instant =
        parsed instanceof OffsetDateTime time
            ? time.toInstant()
            : ((LocalDateTime) parsed).atZone(clock.getZone()).toInstant();
    long micros = Micros.of(instant);
    return new QueryTime(micros, Math.addExact(micros, unit(text) - 1));
  }

  private static long unit(String text) {
    Matcher precision = PRECISION.matcher(text);
    if (!precision.find() || precision.group("seconds") == null) {
      return 60_000_000;
    }
    String fraction = precision.group("fraction");
    long unit = 1_000_000;
    for (int i = 0; fraction != null && i < Math.min(6, fraction.length()); i++) {
      unit /= 10;
    }
    return unit;
  }
}
