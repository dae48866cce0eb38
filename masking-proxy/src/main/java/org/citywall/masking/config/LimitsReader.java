// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.wire.WireLimits;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/** Reads the limits of a {@code proxy.yaml}; what is not named is as in {@link WireLimits}. */
record LimitsReader(YamlMapping limits) {

  private static final int LEAST_BYTES = 1024;
  private static final int MOST_MESSAGE_BYTES = 1 << 30;
  private static final int MOST_CONNECTIONS = 1_000_000;
  private static final Duration MOST = Duration.ofDays(365);
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  static WireLimits read(YamlValue value) {
    return new LimitsReader(
            value.mapping(
                "connections",
                "connections-per-user",
                "statement-bytes",
                "message-bytes",
                "log-in",
                "idle",
                "idle-in-transaction",
                "statement",
                "unread"))
        .read();
  }

  private WireLimits read() {
    WireLimits usual = WireLimits.DEFAULT;
    int connections = number("connections", 1, MOST_CONNECTIONS, usual.connections());
    return new WireLimits(
        connections,
        number("connections-per-user", 1, MOST_CONNECTIONS, connections),
        number(
            "statement-bytes",
            LEAST_BYTES,
            WireLimits.MOST_STATEMENT_BYTES,
            usual.statementBytes()),
        number("message-bytes", LEAST_BYTES, MOST_MESSAGE_BYTES, usual.messageBytes()),
        times(usual.times()));
  }

  private WireLimits.Times times(WireLimits.Times usual) {
    return new WireLimits.Times(
        limits.find("log-in").map(LimitsReader::time).orElse(usual.logIn()),
        timeOrOff("idle", usual.idle()),
        timeOrOff("idle-in-transaction", usual.idleInTransaction()),
        timeOrOff("statement", usual.statement()),
        timeOrOff("unread", usual.unread()));
  }

  private int number(String key, int least, int most, int usual) {
    return limits.find(key).map(value -> value.number(least, most)).orElse(usual);
  }

  private Duration timeOrOff(String key, Duration usual) {
    return limits
        .find(key)
        .map(value -> value.text().equals("off") ? Duration.ZERO : time(value))
        .orElse(usual);
  }

  private static Duration time(YamlValue value) {
    Matcher time = TIME.matcher(value.text());
    if (time.matches()) {
      Duration read = Duration.of(Long.parseLong(time.group(1)), UNITS.get(time.group(2)));
      if (read.compareTo(MOST) <= 0) {
        return read;
      }
    }
    throw value.mistake(
        MaskingErrorCode.VALUE_INVALID, "is a time of at most 365d, as 500ms, 30s, 10m, 8h or 1d");
  }
}
