// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.console.backup.DataBackup;
import org.citywall.console.backup.RestoreTrial;
import org.citywall.verifier.PayloadKey;
import org.citywall.verifier.TerminalProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Makes a backup of a data folder, or tries whether one can be restored. */
@Command(
    name = "backup",
    description = "Back up a data folder, also while a server runs on it, or try a backup.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  private static final String THE_NEW_ONE = "";

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(names = "--to", paramLabel = "FILE", description = "the backup; must not be there yet")
  private @Nullable Path to;

  @Option(
      names = "--with-keys",
      description = "include the keys; the backup must be encrypted, and whoever opens it can sign")
  private boolean keys;

  @Option(
      names = "--test",
      arity = "0..1",
      fallbackValue = THE_NEW_ONE,
      paramLabel = "FILE",
      description =
          "restore the new backup, or this one, for trial: measure RTO and RPO, leave nothing")
  private @Nullable String test;

  @Option(names = "--unsigned", description = "try a backup that carries no signature, too")
  private boolean unsigned;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private BackupPassphrase passphrase = new BackupPassphrase();

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  @Override
  public Integer call() {
    if (to == null && (test == null || test.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(), "--to FILE is needed, or --test FILE of a backup that is there");
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    if (to != null) {
      DataBackup.Made made =
          new DataBackup(
                  data.toAbsolutePath(),
                  version(),
                  sums -> LogAccess.signBackup(data, sums),
                  clock,
                  random)
              .write(to, passphrase.find(), keys);
      BackupFacts.put(made, facts);
      if (!made.note().isEmpty()) {
        spec.commandLine().getErr().println("note: " + made.note());
      }
    }
    if (test != null) {
      Path tried = to != null && test.isEmpty() ? to : Path.of(test);
      facts.put("tested", tried.toString());
      boolean anyway = unsigned || Boolean.FALSE.equals(facts.get("signed"));
      BackupFacts.put(
          new RestoreTrial(
                  data.toAbsolutePath(),
                  PayloadKey.of(data),
                  clock,
                  TerminalProgress.of(spec, json))
              .run(tried, passphrase.find(), anyway),
          facts);
    }
    print(facts);
    return ExitCode.DONE;
  }

  private void print(Map<String, Object> facts) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(facts));
    } else {
      facts.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
    }
  }

  private static String version() {
    return new VersionProvider().getVersion()[0];
  }
}
