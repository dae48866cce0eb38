// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.Csv;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.exposure.ExposureFacts;
import org.citywall.correlation.ledger.Dimension;
import org.citywall.correlation.ledger.ExposureLedger;
import org.citywall.correlation.ledger.ExposureLine;
import org.citywall.correlation.ledger.ExposureQuestion;
import org.citywall.correlation.ledger.ExposureReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Counts the log of a data folder anew, so that the figures owe nothing to what a server keeps. */
@Command(
    name = "ledger",
    description =
        "Rows by level and distinct persons of the last 90 days of the log, by whom they left.",
    mixinStandardHelpOptions = true)
final class ExposureLedgerCommand implements Callable<Integer> {

  private static final int PAGE = 1000;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Mixin private TimeOptions times = new TimeOptions();

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "operator",
      converter = DimensionName.class,
      description =
          "operator, account, unit, recipient, owner, level or table (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private Dimension by;

  @Option(
      names = "--only",
      paramLabel = "WHAT=VALUE",
      description = "count this operator, account, ... alone; can be repeated")
  private List<String> only = List.of();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(names = "--csv", description = "print CSV")
  private boolean csv;

  private final java.time.Clock machineClock;

  ExposureLedgerCommand() {
    this(java.time.Clock.systemUTC());
  }

  ExposureLedgerCommand(java.time.Clock machineClock) {
    this.machineClock = machineClock;
  }

  @Override
  public Integer call() {
    TimeRange range = times.range(machineClock.withZone(times.zone()));
    ExposureLedger ledger = new ExposureLedger();
    try (LogReader log = LogAccess.reading(data)) {
      ledger = counted(log, ledger);
    }
    ExposureReport report = ledger.report(question(range, ledger));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(ExposureFacts.of(report)));
    } else if (csv) {
      print(report, out);
    } else {
      ExposureLines.of(report).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static ExposureLedger counted(LogReader log, ExposureLedger empty) {
    ExposureLedger ledger = empty;
    long end = log.size();
    while (ledger.next() < end) {
      boolean again = false;
      for (LoggedEntry entry : log.read(ledger.next(), PAGE)) {
        again |= ledger.accept(entry);
      }
      // What the log still has of destroyed entries is nothing, from its beginning on.
      ledger = again ? ledger.again() : ledger;
    }
    return ledger;
  }

  private ExposureQuestion question(TimeRange range, ExposureLedger ledger) {
    LocalDate newest = ledger.newest().orElse(LocalDate.EPOCH);
    LocalDate oldest = newest.minusDays(ExposureLedger.DAYS - 1L);
    LocalDate from = day(range.from(), oldest, oldest, newest);
    LocalDate to = day(range.to().minusNanos(1), newest, oldest, newest);
    return new ExposureQuestion(from, to.isBefore(from) ? from : to, by, narrowed());
  }

  /** The day of a time, where it is one of those that are kept. */
  private static LocalDate day(Instant time, LocalDate open, LocalDate first, LocalDate last) {
    if (time.equals(TimeRange.ALL.from()) || !time.isBefore(TimeRange.ALL.to().minusNanos(1))) {
      return open;
    }
    ZoneId china = ConsoleRuntime.CHINA;
    LocalDate day = time.atZone(china).toLocalDate();
    return day.isBefore(first) ? first : day.isAfter(last) ? last : day;
  }

  private Map<Dimension, String> narrowed() {
    Map<Dimension, String> values = new EnumMap<>(Dimension.class);
    for (String one : only) {
      int sign = one.indexOf('=');
      if (sign < 0) {
        throw new ParameterException(spec.commandLine(), "--only takes WHAT=VALUE");
      }
      values.put(new DimensionName().convert(one.substring(0, sign)), one.substring(sign + 1));
    }
    return values;
  }

  private static void print(ExposureReport report, PrintWriter out) {
    try {
      List<String> head = new ArrayList<>();
      head.add(report.question().by().name().toLowerCase(Locale.ROOT));
      head.addAll(ExposureFacts.COLUMNS);
      Csv.row(out, head);
      for (ExposureLine line : report.lines()) {
        Csv.row(out, ExposureFacts.cells(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
