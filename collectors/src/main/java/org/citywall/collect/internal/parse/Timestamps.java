// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads timestamps out of bytes: RFC 3339, and the BSD form without year and zone. */
final class Timestamps {

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int TOLERANCE_SECONDS = 2 * 24 * 3600;

  private Timestamps() {}

  /**
   * A time that was read.
   *
   * @param end offset of the first byte after it
   * @param zoned whether it named its time zone
   */
  record Read(Instant instant, int end, boolean zoned) {}

  /** A time in RFC 3339 form at this offset, or null; without offset it is taken in the zone. */
  static @Nullable Read iso(byte[] in, int at, ZoneId zone) {
    if (in.length - at < 19
        || in[at + 4] != '-'
        || in[at + 7] != '-'
        || in[at + 10] != 'T' && in[at + 10] != ' '
        || in[at + 13] != ':'
        || in[at + 16] != ':') {
      return null;
    }
    int year = digits(in, at, 4);
    int month = digits(in, at + 5, 2);
    int day = digits(in, at + 8, 2);
    int hour = digits(in, at + 11, 2);
    int minute = digits(in, at + 14, 2);
    int second = digits(in, at + 17, 2);
    int end = at + 19;
    int nanos = 0;
    if (end < in.length && (in[end] == '.' || in[end] == ',')) {
      int first = ++end;
      int scale = 100_000_000;
      while (end < in.length && isDigit(in[end])) {
        nanos += (in[end++] - '0') * scale;
        scale /= 10;
      }
      if (end == first || end - first > 9) {
        return null;
      }
    }
    LocalDateTime local = local(year, month, day, hour, minute, second, nanos);
    return local == null ? null : withOffset(in, end, local, zone);
  }

  private static @Nullable Read withOffset(byte[] in, int at, LocalDateTime local, ZoneId zone) {
    if (at < in.length && in[at] == 'Z') {
      return new Read(local.toInstant(ZoneOffset.UTC), at + 1, true);
    }
    if (at >= in.length || in[at] != '+' && in[at] != '-') {
      return new Read(local.atZone(zone).toInstant(), at, false);
    }
    if (in.length - at < 5) {
      return null;
    }
    int colon = in[at + 3] == ':' ? 1 : 0;
    int hours = digits(in, at + 1, 2);
    int minutes = in.length - at < 5 + colon ? -1 : digits(in, at + 3 + colon, 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || hours == 18 && minutes > 0) {
      return null;
    }
    int seconds = (hours * 60 + minutes) * 60;
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(in[at] == '-' ? -seconds : seconds);
    return new Read(local.toInstant(offset), at + 5 + colon, true);
  }

  /**
   * A time in the form {@code Oct 11 22:14:15} at this offset, or null; a year may stand after the
   * day or after the time, and a fraction after the seconds.
   */
  static @Nullable Read bsd(byte[] in, int at, ZoneId zone, OptionalInt year, Instant received) {
    if (in.length - at < 14 || in[at + 3] != ' ') {
      return null;
    }
    int month = month(in, at);
    int next = at + 4;
    if (in[next] == ' ') {
      next++;
    }
    int dayDigits = isDigit(in[next + 1]) ? 2 : 1;
    int day = digits(in, next, dayDigits);
    next += dayDigits;
    if (month < 0 || day < 1 || next >= in.length || in[next] != ' ') {
      return null;
    }
    next++;
    int written = -1;
    if (in.length - next > 5 && in[next + 4] == ' ') {
      written = digits(in, next, 4);
      next += 5;
    }
    return bsdTime(in, next, month, day, written, zone, year, received);
  }

  private static @Nullable Read bsdTime(
      byte[] in,
      int at,
      int month,
      int day,
      int written,
      ZoneId zone,
      OptionalInt assumed,
      Instant received) {
    if (in.length - at < 8 || in[at + 2] != ':' || in[at + 5] != ':') {
      return null;
    }
    int hour = digits(in, at, 2);
    int minute = digits(in, at + 3, 2);
    int second = digits(in, at + 6, 2);
    int end = at + 8;
    int nanos = 0;
    if (end < in.length && in[end] == '.') {
      int scale = 100_000_000;
      for (end++; end < in.length && isDigit(in[end]) && scale > 0; end++) {
        nanos += (in[end] - '0') * scale;
        scale /= 10;
      }
    }
    int year = written > 0 ? written : assumed.orElse(-1);
    Instant instant =
        year > 0
            ? instant(local(year, month, day, hour, minute, second, nanos), zone)
            : latest(month, day, hour, minute, second, nanos, zone, received);
    return instant == null ? null : new Read(instant, end, false);
  }

  /** The latest year in which this time exists and is not after receipt, but for some tolerance. */
  private static @Nullable Instant latest(
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int nanos,
      ZoneId zone,
      Instant received) {
    int year = received.atZone(zone).getYear() + 1;
    for (int back = 0; back <= 9; back++) {
      Instant instant = instant(local(year - back, month, day, hour, minute, second, nanos), zone);
      if (instant != null && !instant.isAfter(received.plusSeconds(TOLERANCE_SECONDS))) {
        return instant;
      }
    }
    return null;
  }

  private static @Nullable Instant instant(@Nullable LocalDateTime local, ZoneId zone) {
    return local == null ? null : local.atZone(zone).toInstant();
  }

  private static @Nullable LocalDateTime local(
      int year, int month, int day, int hour, int minute, int second, int nanos) {
    if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) {
      return null;
    }
    try {
      // A leap second is the last instant of its minute: the calendar has no room for it.
      return second == 60
          ? LocalDateTime.of(year, month, day, hour, minute, 59, 999_999_999)
          : LocalDateTime.of(year, month, day, hour, minute, second, nanos);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int month(byte[] in, int at) {
    for (int month = 0; month < 12; month++) {
      if (in[at] == MONTHS.charAt(month * 3)
          && in[at + 1] == MONTHS.charAt(month * 3 + 1)
          && in[at + 2] == MONTHS.charAt(month * 3 + 2)) {
        return month + 1;
      }
    }
    return -1;
  }

  /** The number in exactly these digits, or -1. */
  static int digits(byte[] in, int at, int count) {
    if (in.length - at < count) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigit(in[at + i])) {
        return -1;
      }
      number = number * 10 + in[at + i] - '0';
    }
    return number;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
