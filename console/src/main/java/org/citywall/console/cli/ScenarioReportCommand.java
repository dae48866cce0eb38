// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.citywall.console.evaluate.Evaluation;
import org.citywall.console.evaluate.Evaluation.Question;
import org.citywall.console.evaluate.Scorecard;
import org.citywall.console.generate.Generator;
import org.citywall.console.generate.GeneratorOptions;
import org.citywall.console.generate.Truth;
import org.citywall.correlation.Context;
import org.citywall.correlation.ContextFile;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.SigmaSet.Level;
import org.citywall.correlation.sigma.Placeholders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how well rules find what was staged in generated events; needs no server. */
@Command(
    name = "report",
    description =
        "Run the built-in rules and those given over events whose truth is known; print recall,"
            + " precision and time to detect of each scenario, and the load on officers.",
    mixinStandardHelpOptions = true,
    footer = "With --seeds events are made in memory, with --events they are read from a folder.")
final class ScenarioReportCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private CityOptions city = new CityOptions();

  @Option(
      names = "--background",
      paramLabel = "N",
      defaultValue = "500000",
      description = "events besides what is staged, about (default: ${DEFAULT-VALUE})")
  private long background;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      description = "seeds with commas between: a city in memory for each")
  private List<Long> seeds = List.of();

  @Option(
      names = "--events",
      paramLabel = "PATH",
      description = "folder that 'generate' wrote, or a file of events")
  private @Nullable Path events;

  @Option(names = "--truth", paramLabel = "FILE", description = "truth, unless in that folder")
  private @Nullable Path truth;

  @Option(names = "--context", paramLabel = "FILE", description = "context, unless in that folder")
  private @Nullable Path context;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description = "file or folder of Sigma rules besides the built-in ones; may be repeated")
  private List<Path> rules = List.of();

  @Option(
      names = "--placeholders",
      paramLabel = "FILE",
      description = "values of %%placeholders%% in YAML, unless in that folder")
  private @Nullable Path placeholders;

  @Option(
      names = "--floor",
      paramLabel = "LEVEL",
      defaultValue = "HIGH",
      description = "Sigma rules make alerts from this level on (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private Level floor;

  @Option(
      names = "--learning",
      paramLabel = "DAYS",
      description = "days in which alerts do not count yet (default: a third)")
  private @Nullable Integer learning;

  @Option(
      names = "--require",
      description = "1 unless each scenario has recall >= 0.95 and precision >= 0.9")
  private boolean require;

  @Option(names = "--json", description = "one JSON object for each seed")
  private boolean json;

  @Override
  public Integer call() {
    if (seeds.isEmpty() == (events == null)) {
      throw new ParameterException(spec.commandLine(), "give either --seeds or --events");
    }
    boolean met = true;
    if (events != null) {
      met = print("", fromFiles(events));
    }
    for (long seed : seeds) {
      met &= print("seed " + seed, inMemory(seed));
    }
    return met || !require ? ExitCode.DONE : ExitCode.CALLERS_MISTAKE;
  }

  private boolean print(String title, Scorecard card) {
    ScorecardLines lines = new ScorecardLines(title, card);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(lines.json());
    } else {
      lines.text().forEach(out::println);
    }
    out.flush();
    return lines.isAccepted();
  }

  /** The truth is known when the events were made, so they are made twice. */
  private Scorecard inMemory(long seed) {
    GeneratorOptions options = city.options(seed, background);
    Generator first = city.generator(options);
    first.play(event -> {});
    List<Truth> known = first.truth();
    Generator second = city.generator(options);
    StringBuilder lists = new StringBuilder();
    second.placeholders().forEach((k, v) -> lists.append(k).append(": ").append(v).append('\n'));
    return new Evaluation(
            question(
                second.context(),
                Placeholders.read(lists.toString()),
                options.days(),
                city.officers()),
            known)
        .run(second::play);
  }

  private Scorecard fromFiles(Path path) {
    boolean folder = Files.isDirectory(path);
    GeneratedFolder generated = new GeneratedFolder(folder ? path : siblings(path));
    Path file = folder ? generated.events() : path;
    Path known = truth == null ? generated.truth() : truth;
    Path lists = placeholders == null ? generated.placeholders() : placeholders;
    Path facts = context == null ? generated.context() : context;
    int days = generated.hasRun() ? generated.run().options().days() : 0;
    int officers = generated.hasRun() ? generated.run().officers() : city.officers();
    return new Evaluation(
            question(
                ContextFile.read(facts),
                Files.exists(lists) ? Placeholders.read(TextFile.read(lists)) : Placeholders.NONE,
                days,
                officers),
            GeneratedFolder.readTruth(known))
        .run(out -> GeneratedFolder.readEvents(file, out));
  }

  private static Path siblings(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private Question question(Context facts, Placeholders lists, int days, int officers) {
    SigmaSet set = rules.isEmpty() ? SigmaSet.NONE : SigmaSet.read(rules, lists, floor);
    RuleLines lines = new RuleLines(set.rules());
    lines.rejections().forEach(spec.commandLine().getErr()::println);
    int toLearn = learning != null ? learning : days / 3;
    try {
      return new Question(RulePack.builtIn(), set, facts, Duration.ofDays(toLearn), officers);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
