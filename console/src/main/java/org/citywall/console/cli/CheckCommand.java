// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.check.Drift;
import org.citywall.compliance.check.Trial;
import org.citywall.compliance.collect.bundle.BundleScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks hosts, databases and services; changes nothing on them. */
@Command(
    name = "check",
    description = "Check hosts, databases and services against GB/T 22239; changes nothing.",
    subcommands = {CheckRunCommand.class, CheckWaiverCommand.class},
    mixinStandardHelpOptions = true)
final class CheckCommand implements Runnable {

  private static final String FRAMEWORK = "gbt22239-l3";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what: list, show, run, drift, waiver, bundle-script or test");
  }

  @Command(
      name = "list",
      description = "Print the checks: id, severity, items, title.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin CheckOptions options,
      @Option(names = "--json", description = "one JSON object per line") boolean json,
      @Option(
              names = "--items",
              description = "the items of level 3 that can be checked, and which checks serve each")
          boolean items) {
    PrintWriter out = spec.commandLine().getOut();
    List<Check> checks = options.checks().toList();
    if (items) {
      Catalogue catalogue = Catalogues.builtIn().get(FRAMEWORK);
      (json ? CheckItems.json(catalogue, checks) : CheckItems.lines(catalogue, checks))
          .forEach(out::println);
      return ExitCode.DONE;
    }
    for (Check check : checks) {
      out.println(json ? CheckLines.json(check) : CheckLines.text(check));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "show",
      description = "Print what a check is about and what to do where it does not conform.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID") String id, @Mixin CheckOptions options) {
    Check check =
        options
            .checks()
            .find(id)
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "there is no check " + id));
    PrintWriter out = spec.commandLine().getOut();
    CheckLines.whole(check).forEach(out::println);
    return ExitCode.DONE;
  }

  @Command(
      name = "bundle-script",
      description = {
        "Print the script that gathers on a closed host what checks need to know of it.",
        "It only reads; what it writes is a target of kind bundle."
      },
      mixinStandardHelpOptions = true)
  int bundleScript() {
    spec.commandLine().getOut().print(BundleScript.text());
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  @Command(
      name = "drift",
      description = {
        "Print what became otherwise between two files of check run --out.",
        "Exits with 3 where something became worse."
      },
      mixinStandardHelpOptions = true)
  int drift(
      @Parameters(paramLabel = "EARLIER") Path earlier,
      @Parameters(paramLabel = "LATER") Path later,
      @Option(names = "--json", description = "one JSON object per line") boolean json) {
    List<Drift.Change> changes =
        Drift.between(CheckRunFile.read(earlier), CheckRunFile.read(later));
    PrintWriter out = spec.commandLine().getOut();
    changes.forEach(
        change -> out.println(json ? CheckLines.json(change) : CheckLines.text(change)));
    return changes.stream().anyMatch(change -> change.way() == Drift.Way.WORSE)
        ? ExitCode.DONE_WITH_REJECTS
        : ExitCode.DONE;
  }

  @Command(
      name = "test",
      description =
          "Try checks on their own fixtures, and see that each mistake in a condition is noticed.",
      mixinStandardHelpOptions = true)
  int test(
      @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders of checks")
          List<Path> paths) {
    PrintWriter out = spec.commandLine().getOut();
    List<Check> checks = Checks.read(paths).toList();
    int bad = 0;
    for (Check check : checks) {
      List<String> problems = Trial.problems(check);
      problems.forEach(problem -> out.println("failed " + check.id() + ": " + problem));
      bad += problems.isEmpty() ? 0 : 1;
    }
    out.println("passed " + (checks.size() - bad) + ", failed " + bad);
    return bad > 0 || checks.isEmpty() ? ExitCode.CALLERS_MISTAKE : ExitCode.DONE;
  }
}
