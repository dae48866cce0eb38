// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts what the masking proxy decided, whether it enforced that or only observed. */
@Command(
    name = "report",
    description = "Count, for each person and column, what was or would be masked and refused.",
    mixinStandardHelpOptions = true)
final class ProxyReportCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  private static final String DATASET = "citywall.masking_proxy";

  private final Clock machineClock;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Mixin private TimeOptions times = new TimeOptions();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  ProxyReportCommand() {
    this(Clock.systemUTC());
  }

  ProxyReportCommand(Clock machineClock) {
    this.machineClock = machineClock;
  }

  @Override
  public Integer call() {
    Clock clock = machineClock.withZone(times.zone());
    AccessTally tally = new AccessTally();
    TimeRange range = times.range(clock);
    try (LogReader log = LogAccess.reading(data)) {
      count(log, range, tally);
    }
    PrintWriter out = spec.commandLine().getOut();
    AccessLines lines = new AccessLines(tally);
    if (json) {
      out.println(lines.json());
    } else {
      lines.text().forEach(out::println);
    }
    out.flush();
    return 0;
  }

  /** Reads the log itself: that of a proxy in a process of its own has no index. */
  private static void count(LogReader log, TimeRange range, AccessTally tally) {
    long end = log.size();
    for (long leaf = 0; leaf < end; ) {
      List<LoggedEntry> entries = log.read(leaf, PAGE);
      if (entries.isEmpty()) {
        return;
      }
      entries.stream().filter(entry -> isDecision(entry, range)).forEach(tally::add);
      leaf += entries.size();
    }
  }

  private static boolean isDecision(LoggedEntry entry, TimeRange range) {
    Instant time = entry.event().timestamp();
    return entry.kind() == EntryKind.DECISION
        && !time.isBefore(range.from())
        && time.isBefore(range.to())
        && (entry.shredded() || DATASET.equals(entry.event().text(Field.EVENT_DATASET)));
  }
}
