// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.CheckRun;
import org.citywall.compliance.check.Drift;
import org.citywall.compliance.check.Drift.Outcome;
import org.citywall.compliance.check.Drift.Subject;
import org.citywall.compliance.check.ResultLines;
import org.citywall.compliance.check.RunFile;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.checking.ListedTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at targets and says what conforms. */
@Command(
    name = "run",
    description = {
      "Check this machine, or what --root or --targets name, and print each outcome.",
      "Exits with 3 where something does not conform, is not waived, or could not be checked."
    },
    mixinStandardHelpOptions = true)
final class CheckRunCommand implements Callable<Integer> {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "only checks whose id begins so, such as linux or linux.sshd")
  private @Nullable String profile;

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "a file of targets; docs/reference/check says what is in it")
  private @Nullable Path file;

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "only this target of the file; may be repeated")
  private @Nullable List<String> names;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "a file system below a folder in the place of this machine")
  private @Nullable Path root;

  @Option(names = "--json", description = "one JSON object per line")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "also write the run to this file")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      description = "go on with the run in --out: what it has, but for errors, is not asked again")
  private boolean resume;

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description = "print to standard error what became otherwise since this run")
  private @Nullable Path since;

  @Option(
      names = "--waivers",
      paramLabel = "FILE",
      description = "waivers signed by two of the persons that --signers names")
  private @Nullable Path waivers;

  @Option(names = "--signers", paramLabel = "FILE", description = "a key of a person on each line")
  private @Nullable Path signers;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "how long one collection may take (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "8",
      description = "targets at the same time (default: ${DEFAULT-VALUE})")
  private int atOnce;

  @Mixin private CheckOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (seconds < 1 || atOnce < 1) {
      throw new ParameterException(spec.commandLine(), "--limit and --at-once are from 1 on");
    }
    List<Check> chosen = chosen();
    List<ListedTarget> targets = targets();
    Clock clock = Clock.systemUTC();
    Waivers granted = granted();
    Map<Subject, Outcome> earlier = since == null ? Map.of() : CheckRunFile.read(since);
    Map<Subject, Outcome> outcomes = had();
    CheckRun run = new CheckRun(chosen, granted, clock, Duration.ofSeconds(seconds), atOnce);
    look(run, targets, outcomes);
    PrintWriter err = spec.commandLine().getErr();
    err.println(summary(outcomes));
    granted
        .endedBy(clock.instant())
        .forEach(
            waiver ->
                err.println(
                    "waiver ended on "
                        + waiver.until()
                        + "  "
                        + waiver.target()
                        + "  "
                        + waiver.check()));
    if (since != null) {
      Drift.between(earlier, outcomes).forEach(change -> err.println(CheckLines.text(change)));
    }
    return outcomes.values().stream().allMatch(Outcome::accepted)
        ? ExitCode.DONE
        : ExitCode.DONE_WITH_REJECTS;
  }

  /** Adds to the outcomes, prints them, and writes them to the file. */
  private void look(CheckRun run, List<ListedTarget> targets, Map<Subject, Outcome> outcomes)
      throws InterruptedException {
    BiPredicate<Target, Check> lacking = lacking(Map.copyOf(outcomes), wanted(targets));
    AtomicInteger looked = new AtomicInteger();
    AtomicBoolean shown = new AtomicBoolean();
    Object turn = new Object();
    try (RunFile kept = kept()) {
      run.each(
          targets.stream().map(ListedTarget::target).toList(),
          lacking,
          (target, results) -> {
            synchronized (turn) {
              if (kept != null) {
                kept.add(results);
              }
              results.forEach(result -> print(result, outcomes));
              progress(looked.incrementAndGet(), targets.size(), shown);
            }
          });
    }
    if (shown.get()) {
      spec.commandLine().getErr().println();
    }
  }

  private void print(CheckResult result, Map<Subject, Outcome> outcomes) {
    outcomes.putAll(ResultLines.outcomes(List.of(result)));
    PrintWriter lines = spec.commandLine().getOut();
    if (json) {
      lines.println(ResultLines.line(result));
    } else {
      CheckLines.text(result).forEach(lines::println);
    }
    lines.flush();
  }

  /** Nothing in a pipe, and nothing for a single target. */
  private void progress(int looked, int all, AtomicBoolean shown) {
    if (all > 1 && System.console() != null && System.console().isTerminal()) {
      shown.set(true);
      spec.commandLine().getErr().print("\r" + looked + " of " + all + " targets ");
      spec.commandLine().getErr().flush();
    }
  }

  private static BiPredicate<Target, Check> lacking(
      Map<Subject, Outcome> had, BiPredicate<Target, Check> wanted) {
    return (target, check) -> {
      Outcome outcome = had.get(new Subject(target.name(), check.id()));
      boolean lacks =
          outcome == null
              || outcome.result() == Result.ERROR
              || outcome.version() != check.version();
      return lacks && wanted.test(target, check);
    };
  }

  /** What the file of targets asks each target for. */
  private static BiPredicate<Target, Check> wanted(List<ListedTarget> targets) {
    Map<String, ListedTarget> byName = new HashMap<>();
    targets.forEach(target -> byName.put(target.target().name(), target));
    return (target, check) -> {
      ListedTarget listed = byName.get(target.name());
      return listed != null && listed.wants(check);
    };
  }

  private Map<Subject, Outcome> had() {
    if (resume && out == null) {
      throw new ParameterException(spec.commandLine(), "--resume goes with --out");
    }
    return resume && out != null ? CheckRunFile.read(out) : new TreeMap<>();
  }

  private @Nullable RunFile kept() {
    if (out == null) {
      return null;
    }
    return resume ? CheckRunFile.append(out) : CheckRunFile.create(out);
  }

  private Waivers granted() {
    if (waivers == null && signers == null) {
      return Waivers.none();
    }
    if (waivers == null || signers == null) {
      throw new ParameterException(spec.commandLine(), "--waivers goes with --signers");
    }
    return CheckWaiverCommand.read(waivers, signers);
  }

  private List<Check> chosen() {
    List<Check> chosen =
        options.checks().toList().stream()
            .filter(check -> ListedTarget.isOf(profile == null ? "" : profile, check.id()))
            .toList();
    if (chosen.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "no check is of profile " + profile);
    }
    return chosen;
  }

  private List<ListedTarget> targets() {
    if (file != null && root != null || file == null && names != null) {
      throw new ParameterException(
          spec.commandLine(), "--target goes with --targets, which goes without --root");
    }
    if (file == null) {
      Target one = root == null ? CheckTargets.thisHost() : CheckTargets.root(root);
      return List.of(new ListedTarget(one, Set.of(), ""));
    }
    List<ListedTarget> all = CheckTargets.list(file);
    if (names == null) {
      return all;
    }
    List<ListedTarget> wanted = new ArrayList<>();
    for (String name : names) {
      wanted.add(
          all.stream()
              .filter(listed -> listed.target().name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(), "the file has no target " + name)));
    }
    return wanted;
  }

  /** How many of each outcome, and how many of those are waived. */
  private static String summary(Map<Subject, Outcome> outcomes) {
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    outcomes.values().forEach(outcome -> counts.merge(outcome.result(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((result, count) -> parts.add(CheckLines.word(result) + " " + count));
    long waived =
        outcomes.values().stream()
            .filter(
                outcome ->
                    outcome.accepted()
                        && (outcome.result() == Result.NONCONFORM
                            || outcome.result() == Result.PARTIAL))
            .count();
    if (waived > 0) {
      parts.add("of them waived " + waived);
    }
    return parts.isEmpty() ? "nothing was checked" : String.join(", ", parts);
  }
}
