// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.verify.Progress;
import org.citywall.correlation.Backtest;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.SigmaSet.Level;
import org.citywall.correlation.Thresholds;
import org.citywall.correlation.sigma.Placeholders;
import org.citywall.verifier.TerminalProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries rules on the past of a log before they are trusted; writes nothing. */
@Command(
    name = "backtest",
    description =
        "Run rules over the entries of a log, beside those in force, and print the alerts that would"
            + " appear and vanish.",
    mixinStandardHelpOptions = true,
    footer = "A server may run meanwhile.")
final class BacktestCommand implements Callable<Integer> {

  private final Clock machineClock;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "file or folder of the Sigma rules as they would be; may be repeated (default: those in"
              + " force)")
  private @Nullable List<Path> rules;

  @Option(
      names = "--thresholds",
      paramLabel = "FILE",
      description =
          "thresholds as they would be: the built-in rules run too, against DIR/thresholds.yaml")
  private @Nullable Path thresholds;

  @Option(
      names = "--context",
      paramLabel = "FILE",
      description = "what built-in rules have to know (default: DIR/context.yaml)")
  private @Nullable Path context;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--against",
      paramLabel = "PATH",
      description = "rules in force; may be repeated (default: DIR/rules)")
  private @Nullable List<Path> against;

  @Option(
      names = "--placeholders",
      paramLabel = "FILE",
      description = "values of %%placeholders%% in YAML")
  private @Nullable Path placeholders;

  @Option(
      names = "--floor",
      paramLabel = "LEVEL",
      defaultValue = "HIGH",
      description = "alerts from this level on (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private Level floor;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private HistoryOptions history;

  @Option(names = "--json", description = "one JSON object")
  private boolean json;

  BacktestCommand() {
    this(Clock.systemUTC());
  }

  BacktestCommand(Clock machineClock) {
    this.machineClock = machineClock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration handling = history.handling();
    Placeholders lists =
        placeholders == null ? Placeholders.NONE : Placeholders.read(TextFile.read(placeholders));
    if (rules == null && thresholds == null) {
      throw new ParameterException(spec.commandLine(), "give --rules, --thresholds or both");
    }
    SigmaSet candidate = SigmaSet.read(rules == null ? inForce() : rules, lists, floor);
    SigmaSet inForce = SigmaSet.read(inForce(), lists, floor);
    RuleLines lines = new RuleLines(candidate.rules());
    PrintWriter err = spec.commandLine().getErr();
    lines.rejections().forEach(err::println);
    lines.notices().forEach(err::println);
    try (LogReader log = LogAccess.reading(data)) {
      Progress progress = TerminalProgress.of(spec, json);
      long size = log.size();
      Backtest backtest =
          new Backtest(log, Math.max(2, Runtime.getRuntime().availableProcessors()));
      BacktestLines result =
          new BacktestLines(
              backtest.run(
                  question(inForce, candidate), done -> progress.at(Math.min(done, size), size)),
              handling,
              history.zone());
      result.print(spec.commandLine().getOut(), json);
    }
    return lines.exitCode();
  }

  private List<Path> inForce() {
    if (against != null) {
      return against;
    }
    List<Path> usual = new ArrayList<>();
    Path folder = new DataFolder(data).rules();
    if (Files.exists(folder)) {
      usual.add(folder);
    }
    return usual;
  }

  private Backtest.Question question(SigmaSet inForce, SigmaSet candidate) {
    TimeRange range = history.range(machineClock);
    TunedRules tuned = new TunedRules(new DataFolder(data), context);
    return thresholds == null
        ? new Backtest.Question(
            tuned.ofSigma(inForce), tuned.ofSigma(candidate), range.from(), range.to())
        : new Backtest.Question(
            tuned.all(inForce),
            tuned.all(candidate, Thresholds.read(thresholds)),
            range.from(),
            range.to());
  }
}
