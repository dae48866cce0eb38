// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.citywall.audit.event.Micros;
import org.citywall.audit.index.QueryTime;
import org.citywall.audit.index.TimeRange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The times between which a command reads. */
final class TimeOptions {

  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "first time: 2026-01-31, 2026-01-31T10:15:00Z, or -24h")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "end: a time of day, or a last day")
  private @Nullable String to;

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

  /** The range; everything where nothing is given. */
  TimeRange range(Clock clock) {
    Instant first =
        from == null ? TimeRange.ALL.from() : Micros.toInstant(QueryTime.parse(from, clock).from());
    Instant end = to == null ? TimeRange.ALL.to() : end(QueryTime.parse(to, clock));
    if (end.isBefore(first)) {
      throw new ParameterException(spec.commandLine(), "--to is before --from");
    }
    return new TimeRange(first, end);
  }

  /** A day is meant to its end, a time of day to its beginning. */
  static Instant end(QueryTime time) {
    return time.isDay()
        ? Micros.toInstant(time.to()).plusNanos(1000)
        : Micros.toInstant(time.from());
  }
}
