// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.self.SelfAssessment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows control catalogues and tries those of a site; needs no server and no data folder. */
@Command(
    name = "framework",
    description = "List and show frameworks (control catalogues), and try files of a site's own.",
    mixinStandardHelpOptions = true)
final class FrameworkCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: list, show, check or self");
  }

  @Command(
      name = "list",
      description = "Print the frameworks: id and version, items, title, what is to be confirmed.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--frameworks", paramLabel = "PATH", description = "files or folders of more")
          @Nullable List<Path> paths,
      @Option(names = "--json", description = "one JSON object per line") boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    for (Catalogue catalogue : catalogues(paths).all()) {
      out.println(json ? FrameworkLines.json(catalogue) : FrameworkLines.text(catalogue));
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "show",
      description = "Print a framework's groups, controls and items, and what else settles each.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID", description = "such as gbt22239-l3 or gbt22239-l3/1")
          String id,
      @Option(names = "--frameworks", paramLabel = "PATH", description = "files or folders of more")
          @Nullable List<Path> paths) {
    Catalogues all = catalogues(paths);
    PrintWriter out = spec.commandLine().getOut();
    FrameworkLines.whole(all.get(id), all).forEach(out::println);
    return ExitCode.DONE;
  }

  @Command(
      name = "check",
      description = "Read files of frameworks and mappings strictly and say what they hold.",
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(arity = "1..*", paramLabel = "PATH", description = "files or folders")
          List<Path> paths) {
    Catalogues shipped = Catalogues.builtIn();
    Catalogues all = Catalogues.with(paths);
    PrintWriter out = spec.commandLine().getOut();
    all.all().stream()
        .filter(catalogue -> shipped.find(catalogue.reference()).isEmpty())
        .map(FrameworkLines::text)
        .forEach(out::println);
    all.mappings().stream()
        .skip(shipped.mappings().size())
        .map(mapping -> mapping.id() + "/" + mapping.version() + "  " + mapping.links().size())
        .forEach(out::println);
    return ExitCode.DONE;
  }

  @Command(
      name = "self",
      description = {
        "Print what Citywall says of itself: level 3 of level protection, and cryptography.",
        "An item, its outcome, why, and what who runs it has to do."
      },
      mixinStandardHelpOptions = true)
  int self(
      @Option(names = "--zh", description = "in Chinese") boolean zh,
      @Option(names = "--json", description = "one JSON object per line") boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    for (SelfAssessment.Part part : SelfAssessment.builtIn().frameworks()) {
      for (SelfAssessment.Entry entry : part.entries()) {
        for (String item : entry.items()) {
          out.println(
              json
                  ? FrameworkLines.json(part.catalogue(), item, entry)
                  : FrameworkLines.text(part.catalogue(), item, entry, zh));
        }
      }
    }
    return ExitCode.DONE;
  }

  private static Catalogues catalogues(@Nullable List<Path> paths) {
    return paths == null ? Catalogues.builtIn() : Catalogues.with(paths);
  }
}
