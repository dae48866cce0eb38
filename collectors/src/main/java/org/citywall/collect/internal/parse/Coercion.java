// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** Fits the values of {@link FlatJson} into registered fields, as far as nothing is lost. */
final class Coercion {

  private static final double EXACT = 1L << 53;

  /** Seconds from here on would be in the year 5138: such a number means milliseconds. */
  private static final long FIRST_MILLIS = 100_000_000_000L;

  /** What fits into 64 bits of microseconds. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000;

  private Coercion() {}

  /** Puts the value into the field; false where it does not fit. */
  static boolean put(Field field, Object value, ZoneId zone, Event.Builder event) {
    return switch (field.type()) {
      case KEYWORD, TEXT -> putText(field, single(value), event);
      case IP -> {
        String text = single(value);
        yield text != null && IpLiteral.is(text) && putText(field, text, event);
      }
      case KEYWORDS -> {
        List<String> texts = texts(value);
        event.put(field, texts);
        yield !texts.isEmpty();
      }
      case LONG -> {
        Long number = number(value);
        if (number != null) {
          event.put(field, number);
        }
        yield number != null;
      }
      case BOOLEAN -> {
        Boolean flag = flag(value);
        if (flag != null) {
          event.put(field, flag);
        }
        yield flag != null;
      }
      case TIMESTAMP -> {
        Instant instant = instant(value, zone);
        if (instant != null) {
          event.put(field, instant);
        }
        yield instant != null;
      }
      case BINARY -> {
        String text = single(value);
        if (text != null) {
          event.put(field, text.getBytes(UTF_8));
        }
        yield text != null;
      }
    };
  }

  private static boolean putText(Field field, @Nullable String text, Event.Builder event) {
    if (text == null || text.isEmpty()) {
      return false;
    }
    event.put(field, text);
    return true;
  }

  /** The value as one text; several are joined by a comma. */
  static String text(Object value) {
    return value instanceof List<?> list ? String.join(", ", texts(list)) : String.valueOf(value);
  }

  /** A time as text, as seconds or as milliseconds; null where it is none or out of range. */
  static @Nullable Instant instant(Object value, ZoneId zone) {
    if (value instanceof Long number) {
      boolean millis = Math.abs((double) number) >= FIRST_MILLIS;
      return millis
          ? ofSeconds(Math.floorDiv(number, 1000L), Math.floorMod(number, 1000L) * 1_000_000)
          : ofSeconds(number, 0);
    }
    if (value instanceof Double number) {
      double seconds = Math.abs(number) >= FIRST_MILLIS ? number / 1000 : number;
      double whole = Math.floor(seconds);
      // A double has no more than microseconds at best.
      return ofSeconds((long) whole, 1000 * Math.round((seconds - whole) * 1e6));
    }
    byte[] bytes = value instanceof String text ? text.getBytes(UTF_8) : new byte[0];
    Timestamps.Read read = Timestamps.iso(bytes, 0, zone);
    return read == null || read.end() != bytes.length ? null : read.instant();
  }

  private static @Nullable Instant ofSeconds(long seconds, long nanos) {
    return seconds > -MOST_SECONDS && seconds < MOST_SECONDS
        ? Instant.ofEpochSecond(seconds, nanos)
        : null;
  }

  private static @Nullable String single(Object value) {
    if (value instanceof List<?> list) {
      return list.size() == 1 ? String.valueOf(list.getFirst()) : null;
    }
    return String.valueOf(value);
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static @Nullable Long number(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < EXACT ? number.longValue() : null;
    }
    String text = single(value);
    try {
      return text == null || text.isEmpty() || text.length() > 20 ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Boolean flag(Object value) {
    return switch (String.valueOf(value)) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }
}
