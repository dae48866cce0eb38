// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.citywall.correlation.sigma.Placeholders;
import org.citywall.correlation.sigma.RuleDoubts;
import org.citywall.correlation.sigma.RuleTests;
import org.citywall.correlation.sigma.SigmaRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Works on files of Sigma rules; needs no server. */
@Command(
    name = "rules",
    description = "Check, try, test and rehearse Sigma rules, correlations and filters.",
    subcommands = {BacktestCommand.class, ScenarioReportCommand.class, TuneCommand.class},
    mixinStandardHelpOptions = true)
final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what: check, match, test, backtest, report or tune");
  }

  @Command(
      name = "check",
      description =
          "Print how many rules load, each that does not with place and reason, and doubts.",
      footer = "Doubts: never true, unreachable, too broad, about fields that nobody sends.",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders")
          List<Path> paths,
      @Option(
              names = "--placeholders",
              paramLabel = "FILE",
              description = "values of %%placeholders%% in YAML")
          @Nullable Path placeholders,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              description = "data folder: name rules about fields that none of its sources sends")
          @Nullable Path data,
      @Option(names = "--json", description = "one JSON object") boolean json) {
    SigmaRules rules = SigmaRules.read(paths, placeholders(placeholders));
    RuleLines lines =
        new RuleLines(rules, RuleDoubts.of(rules, data == null ? Set.of() : SentFields.of(data)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(lines.json());
    } else {
      lines.summary().forEach(out::println);
      lines.rejections().forEach(out::println);
      lines.notices().forEach(out::println);
      lines.doubts().forEach(out::println);
    }
    return lines.exitCode();
  }

  @Command(
      name = "match",
      description = "Print which rules match which events; events are numbered from 1.",
      mixinStandardHelpOptions = true)
  int match(
      @Option(
              names = "--rules",
              paramLabel = "PATH",
              required = true,
              description = "file or folder of rules; may be repeated")
          List<Path> paths,
      @Option(
              names = "--events",
              paramLabel = "FILE",
              required = true,
              description =
                  "JSON objects, by line, one after the other or in an array; or raw lines")
          Path events,
      @Option(
              names = "--placeholders",
              paramLabel = "FILE",
              description = "values of %%placeholders%% in YAML")
          @Nullable Path placeholders,
      @Option(names = "--json", description = "{\"rule\":ID,\"event\":N} per hit") boolean json) {
    PrintWriter err = spec.commandLine().getErr();
    SigmaRules rules = SigmaRules.read(paths, placeholders(placeholders));
    RuleLines lines = new RuleLines(rules);
    lines.rejections().forEach(err::println);
    lines.notices().forEach(err::println);
    PrintWriter out = spec.commandLine().getOut();
    MatchRun run = new MatchRun(rules, json ? RuleLines::json : RuleLines::text, out, err);
    run.read(events);
    out.flush();
    return run.hasRejects() ? ExitCode.DONE_WITH_REJECTS : lines.exitCode();
  }

  @Command(
      name = "test",
      description = "Run the tests that lie beside rules, in files named *.test.yml.",
      mixinStandardHelpOptions = true)
  int test(
      @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders")
          List<Path> paths) {
    PrintWriter out = spec.commandLine().getOut();
    List<RuleTests.Outcome> outcomes = RuleTests.run(paths);
    for (RuleTests.Outcome outcome : outcomes) {
      if (!outcome.passed()) {
        out.println("failed " + outcome.place() + " " + outcome.name() + ": " + outcome.detail());
      }
    }
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    out.println("passed " + (outcomes.size() - failed) + ", failed " + failed);
    if (outcomes.isEmpty()) {
      spec.commandLine().getErr().println("there are no tests: no file is named *.test.yml");
    }
    return failed > 0 || outcomes.isEmpty() ? ExitCode.CALLERS_MISTAKE : ExitCode.DONE;
  }

  private static Placeholders placeholders(@Nullable Path file) {
    return file == null ? Placeholders.NONE : Placeholders.read(TextFile.read(file));
  }
}
