// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.citywall.audit.event.Micros;
import org.citywall.audit.index.QueryTime;
import org.citywall.audit.index.TimeRange;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The past over which rules are tried, and what an alert costs. */
final class HistoryOptions {

  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "T",
      required = true,
      description = "first time: 2026-01-31, 2026-01-31T10:15:00Z, or -24h")
  @SuppressWarnings("NullAway.Init")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "T",
      required = true,
      description = "end: a time of day, or a last day")
  @SuppressWarnings("NullAway.Init")
  private String to;

  @Option(
      names = "--handling",
      paramLabel = "MINUTES",
      defaultValue = "15",
      description = "what an officer needs for an alert (default: ${DEFAULT-VALUE})")
  private int handling;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "zone of times without an offset (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private ZoneId zone;

  ZoneId zone() {
    return zone;
  }

  Duration handling() {
    if (handling < 1) {
      throw new ParameterException(spec.commandLine(), "--handling must be at least a minute");
    }
    return Duration.ofMinutes(handling);
  }

  /** The range, which is not empty. */
  TimeRange range(Clock machineClock) {
    Clock clock = machineClock.withZone(zone);
    Instant first = Micros.toInstant(QueryTime.parse(from, clock).from());
    Instant last = TimeOptions.end(QueryTime.parse(to, clock));
    if (!last.isAfter(first)) {
      throw new ParameterException(spec.commandLine(), "--to is not after --from");
    }
    return new TimeRange(first, last);
  }
}
