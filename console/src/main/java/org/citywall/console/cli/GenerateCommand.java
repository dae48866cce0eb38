// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.citywall.audit.log.verify.Progress;
import org.citywall.console.generate.GeneratorOptions;
import org.citywall.verifier.TerminalProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes events of a made-up city whose truth is known; needs no server. */
@Command(
    name = "generate",
    description =
        "Write a month of events of a made-up city, with attacks, near misses and benign look-alikes"
            + " of the 38 scenarios, and the truth about them.",
    mixinStandardHelpOptions = true,
    footer = "The same options give the same bytes.")
final class GenerateCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Mixin private CityOptions city = new CityOptions();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "500000",
      description = "events besides what is staged, about (default: ${DEFAULT-VALUE})")
  private long background;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "what everything follows from (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "folder to write to")
  @SuppressWarnings("NullAway.Init")
  private Path out;

  @Option(names = "--gzip", description = "compress the events")
  private boolean gzip;

  @Override
  public Integer call() {
    GeneratorOptions options = city.options(seed, background);
    Progress progress = TerminalProgress.of(spec, false);
    long start = System.nanoTime();
    GeneratedFolder.Run run =
        new GeneratedFolder(out)
            .write(
                city.generator(options),
                options,
                city.officers(),
                gzip,
                done -> progress.at(Math.min(done, options.events()), options.events()));
    double seconds = (System.nanoTime() - start) / 1e9;
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "%d events, %d staged instances, %.1f s, %.0f events/s%n",
            run.events(),
            run.staged(),
            seconds,
            run.events() / seconds);
    return ExitCode.DONE;
  }
}
