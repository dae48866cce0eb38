// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.citywall.audit.PlatformException;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.console.incident.TriageVerdicts;
import org.citywall.correlation.Alert;
import org.citywall.correlation.Backtest;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.Tuning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proposes thresholds by what officers said of incidents; puts nothing in force. */
@Command(
    name = "tune",
    description =
        "Propose thresholds that end alerts which officers dismissed as false, each proven on the"
            + " log to keep every alert that was right; print them as a diff of thresholds.yaml.",
    mixinStandardHelpOptions = true,
    footer = "Nothing is put in force: read the diff, then put the file where the old one is.")
final class TuneCommand implements Callable<Integer> {

  /** Engines that run over history at once. */
  private static final int AT_ONCE = 4;

  private final Clock machineClock;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--context",
      paramLabel = "FILE",
      description = "what rules have to know (default: DIR/context.yaml)")
  private @Nullable Path context;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write the proposed thresholds.yaml there; it may not exist")
  private @Nullable Path out;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private HistoryOptions history;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  TuneCommand() {
    this(Clock.systemUTC());
  }

  TuneCommand(Clock machineClock) {
    this.machineClock = machineClock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration handling = history.handling();
    TimeRange range = history.range(machineClock);
    if (out != null && Files.exists(out)) {
      // known now, and not after the past was read many times
      throw new PlatformException(CliErrorCode.FILE_UNWRITABLE, out + " is there already");
    }
    TunedRules rules = new TunedRules(new DataFolder(data), context);
    try (LogReader log = LogAccess.reading(data)) {
      List<Tuning.Verdict> verdicts = new ArrayList<>(TriageVerdicts.read(log, read -> {}));
      // Sigma rules have no thresholds: they are tuned by filters.
      verdicts.removeIf(verdict -> verdict.right() && !rules.builtIn().has(verdict.rule()));
      Tuning.Outcome outcome =
          new Tuning(rules.builtIn(), packs -> replay(log, rules, packs, range), verdicts)
              .propose(rules.site());
      TuningLines lines =
          new TuningLines(
              outcome,
              rules.site(),
              verdicts,
              Duration.between(range.from(), range.to()),
              handling);
      PrintWriter printer = spec.commandLine().getOut();
      lines.print(printer, json);
      write(lines.file());
    }
    return ExitCode.DONE;
  }

  private static List<List<Alert>> replay(
      LogReader log, TunedRules rules, List<RulePack> packs, TimeRange range)
      throws InterruptedException {
    Backtest backtest = new Backtest(log, Math.max(2, Runtime.getRuntime().availableProcessors()));
    List<List<Alert>> alerts = new ArrayList<>();
    for (int i = 0; i < packs.size(); i += AT_ONCE) {
      List<Backtest.Rules> sets =
          packs.subList(i, Math.min(packs.size(), i + AT_ONCE)).stream()
              .map(pack -> rules.of(pack, SigmaSet.NONE))
              .toList();
      alerts.addAll(backtest.alerts(sets, range.from(), range.to()));
    }
    return alerts;
  }

  private void write(String file) {
    if (out == null) {
      return;
    }
    try {
      Files.writeString(out, file, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.FILE_UNWRITABLE, out.toString(), e);
    }
  }
}
