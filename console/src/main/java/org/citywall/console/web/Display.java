// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.event.Micros;
import org.citywall.console.incident.DismissReason;
import org.citywall.console.incident.IncidentState;
import org.jspecify.annotations.Nullable;

/** Writes values as pages show them, for one reader's language and the platform's time zone. */
public final class Display {

  static final String NONE = "\u2013";

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private final Locale locale;
  private final ZoneId zone;

  Display(Locale locale, ZoneId zone) {
    this.locale = locale;
    this.zone = zone;
  }

  Locale locale() {
    return locale;
  }

  /** {@code 2026-11-22 14:05:09}, or a dash where there is no time. */
  public String time(@Nullable Instant instant) {
    return instant == null ? NONE : SECONDS.format(instant.atZone(zone));
  }

  /** As {@link #time} with milliseconds, for events that follow each other closely. */
  public String exact(Instant instant) {
    return MILLIS.format(instant.atZone(zone));
  }

  /** {@code 11-22 14:05}: where a column is narrow and the year is not in doubt. */
  public String brief(Instant instant) {
    return MINUTES.format(instant.atZone(zone));
  }

  /** As {@link #exact}, of microseconds since the epoch. */
  public String micros(long micros) {
    return exact(Micros.toInstant(micros));
  }

  /** Offset of the zone now, for example {@code UTC+8}. */
  public String getZone() {
    ZoneOffset offset = zone.getRules().getOffset(Instant.EPOCH);
    return offset.getTotalSeconds() == 0
        ? "UTC"
        : "UTC" + offset.getId().replaceFirst("^([+-])0?", "$1").replace(":00", "");
  }

  /** How far the zone is ahead of UTC at this time. */
  public long offsetMillis(Instant instant) {
    return zone.getRules().getOffset(instant).getTotalSeconds() * 1000L;
  }

  public String count(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** One decimal. */
  public String decimal(double number) {
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMinimumFractionDigits(1);
    format.setMaximumFractionDigits(1);
    return format.format(number);
  }

  /** Bytes in binary units. */
  public String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? count(bytes) + " B" : decimal(value) + " " + UNITS[unit];
  }

  /** Nanoseconds as they are stored and in milliseconds: {@code 998010 ns (1.0 ms)}. */
  public String nanos(long nanos) {
    return nanos + " ns (" + decimal(nanos / 1e6) + " ms)";
  }

  /** Name of a constant as message keys and style classes have it. */
  public String lower(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a stranger sent, with every character that hides or moves text made visible. */
  public String legible(String text) {
    return Legible.text(text);
  }

  /** One of the three outcomes ECS has, by whatever a source wrote. */
  public String outcome(String word) {
    return word.equals("success") || word.equals("failure") ? word : "unknown";
  }

  public String outcomeClass(String word) {
    return switch (outcome(word)) {
      case "success" -> "good";
      case "failure" -> "bad";
      default -> "";
    };
  }

  public List<DismissReason> getReasons() {
    return List.of(DismissReason.values());
  }

  public String stateClass(IncidentState state) {
    return switch (state) {
      case NEW -> "new";
      case TAKEN -> "busy";
      case ESCALATED -> "warn";
      case RESOLVED -> "good";
      case DISMISSED -> "done";
    };
  }

  /** Message key of a keyboard key's meaning. */
  public String keyName(String key) {
    return switch (key) {
      case "/" -> "slash";
      case "." -> "dot";
      case "?" -> "help";
      default -> key.toLowerCase(Locale.ROOT).replace(' ', '-');
    };
  }
}
