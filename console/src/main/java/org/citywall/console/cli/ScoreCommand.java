// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.score.RuleName;
import org.citywall.compliance.score.Scoring;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Scores an assessment that is a file; needs no server and no data folder. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description =
        "Score one assessment under one versioned rule and print score, conclusion and every"
            + " deduction as JSON.")
final class ScoreCommand implements Callable<Integer> {

  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RULE",
      converter = ToRuleName.class,
      description = "djbh-2021, djbh-2025, miping-2021, miping-2023 or index")
  @Nullable RuleName rule;

  @Parameters(
      index = "1",
      paramLabel = "FILE.json",
      description = "the assessment, or a JSON report of a round; docs/reference/score")
  @Nullable Path file;

  @Option(
      names = "--rule",
      paramLabel = "FILE.yaml",
      description = "a version of the rule other than the one that ships")
  @Nullable Path ruleFile;

  @Override
  public Integer call() {
    if (spec == null || rule == null || file == null) {
      throw new IllegalStateException("called without its arguments");
    }
    Scoring scoring =
        ruleFile == null ? Scoring.builtIn(rule) : Scoring.of(rule, TextFile.read(ruleFile));
    PrintWriter out = spec.commandLine().getOut();
    out.println(Scoring.toJson(scoring.score(ScoredFile.assessment(rule, TextFile.read(file)))));
    return ExitCode.DONE;
  }

  /** Says which rules there are. */
  static final class ToRuleName implements ITypeConverter<RuleName> {

    @Override
    public RuleName convert(String id) {
      try {
        return RuleName.of(id);
      } catch (PlatformException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
