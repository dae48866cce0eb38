// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import org.citywall.audit.secrets.KeyVault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes the keys of an evidence log while no server runs on it. */
@Command(
    name = "key",
    description = "Change the keys of the evidence log; the server must be stopped.",
    mixinStandardHelpOptions = true)
final class KeyCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: change or retire");
  }

  @Command(
      name = "change",
      description = "Let new keys sign, beside the present ones, and wrap data keys anew.",
      mixinStandardHelpOptions = true)
  int change(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(names = "--config", paramLabel = "FILE", description = "citywall.yaml of the server")
          @Nullable Path config) {
    for (LogKeyChange.Changed changed : with(data, config, LogKeyChange::change)) {
      spec.commandLine()
          .getOut()
          .println("leaf " + changed.leaf() + ": " + changed.before() + " -> " + changed.now());
    }
    spec.commandLine()
        .getErr()
        .println(
            "give the new keys to auditors, witnesses and policies, then 'citywall key retire'");
    return ExitCode.DONE;
  }

  @Command(
      name = "retire",
      description = "Destroy the signing keys before the present ones.",
      mixinStandardHelpOptions = true)
  int retire(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(names = "--config", paramLabel = "FILE", description = "citywall.yaml of the server")
          @Nullable Path config) {
    return with(
        data,
        config,
        change -> {
          change.retire();
          return ExitCode.DONE;
        });
  }

  private static <T> T with(Path data, @Nullable Path config, Function<LogKeyChange, T> work) {
    ServerYaml yaml = config == null ? ServerYaml.absent() : ServerYaml.read(config);
    Path folder = data.toAbsolutePath().normalize();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    try (KeyVault vault = yaml.keys().open(folder, System.getenv(), clock, random)) {
      return work.apply(new LogKeyChange(folder, vault, clock, random));
    }
  }
}
