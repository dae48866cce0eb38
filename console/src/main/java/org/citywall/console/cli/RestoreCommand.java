// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.citywall.audit.backup.Restore;
import org.citywall.audit.backup.RestoreOptions;
import org.citywall.audit.backup.RestoreReport;
import org.citywall.audit.log.VerifierKey;
import org.citywall.verifier.TerminalProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Puts a backup back into an empty folder. */
@Command(
    name = "restore",
    description = "Restore a backup into an empty folder, and verify all of it before it is done.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:restored and verified",
      "1:the caller's mistake: the folder is not empty, or this is no backup",
      "2:signed entries are missing, and --accept-loss was not given",
      "4:the disk refused",
      "10:the backup or the log in it was altered, or contradicts what was kept"
    })
final class RestoreCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--from", paramLabel = "FILE", required = true, description = "the backup")
  @SuppressWarnings("NullAway.Init")
  private Path from;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "folder to restore into: empty, or not there yet")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description =
          "a key of the log that is trusted; without any the backup's own claim, which is printed;"
              + " may be given several times, for a log that changed its keys after the backup")
  private List<String> keys = List.of();

  @Option(
      names = "--expect",
      paramLabel = "KEPT",
      description =
          "compare with a checkpoint that was kept elsewhere: its note, a request to a witness, or"
              + " a copy of log/tlog; may be given several times")
  private List<Path> expected = List.of();

  @Option(
      names = "--accept-loss",
      description = "go on although signed entries are missing; the log will tell of it")
  private boolean acceptLoss;

  @Option(
      names = "--unsigned",
      description = "restore a backup that carries no signature: accounts in it may be anybody's")
  private boolean unsigned;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private BackupPassphrase passphrase = new BackupPassphrase();

  @Override
  public Integer call() {
    RestoreOptions options =
        new RestoreOptions(
            passphrase.find(),
            keys.stream().map(VerifierKey::parse).toList(),
            Optional.empty(),
            unsigned,
            expected,
            acceptLoss);
    RestoreReport report =
        new Restore(options, Clock.systemUTC(), TerminalProgress.of(spec, json)).run(from, data);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("data", data.toString());
    BackupFacts.put(report, facts);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(facts));
    } else {
      facts.forEach((name, value) -> out.printf("%-16s %s%n", name, value));
    }
    if (expected.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "note: compared with nothing that was kept elsewhere; entries that were signed after"
                  + " the backup may be missing");
    }
    return ExitCode.DONE;
  }
}
