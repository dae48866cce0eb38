// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorExchange;
import org.citywall.audit.anchor.AnchorPolicy;
import org.citywall.console.control.ControlClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has others vouch for the log: at once, or by files where no network leads to them. */
@Command(
    name = "anchor",
    description = "Have others vouch for the evidence log.",
    mixinStandardHelpOptions = true)
final class AnchorCommand implements Runnable {

  /** Longest answer that is read, in bytes. */
  private static final long MAX_ANSWER = 1 << 20;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: now, export or import");
  }

  @Command(
      name = "now",
      description = "Ask the running server to begin the next act at once.",
      mixinStandardHelpOptions = true)
  int now(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data) {
    new ControlClient(new DataFolder(data).controlSocket()).send("anchor", Map.of());
    return ExitCode.DONE;
  }

  @Command(
      name = "export",
      description = "Write a request that is carried to a witness by hand.",
      mixinStandardHelpOptions = true)
  int export(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(
              names = "--policy",
              paramLabel = "FILE",
              required = true,
              description = "the policy that names the witness (C2SP tlog-policy)")
          Path policy,
      @Option(
              names = "--witness",
              paramLabel = "NAME",
              required = true,
              description = "its name in the policy")
          String witness,
      @Option(
              names = "--from",
              paramLabel = "N",
              description = "size it cosigned last, where it says another than we know")
          @Nullable Long from,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              required = true,
              description = "the request to write")
          Path out) {
    String request =
        new AnchorExchange(data, AnchorPolicy.read(policy))
            .request(witness, from == null ? OptionalLong.empty() : OptionalLong.of(from));
    write(out, request);
    return ExitCode.DONE;
  }

  @Command(
      name = "import",
      description = "Check and store the answer that a witness gave by hand.",
      mixinStandardHelpOptions = true)
  int take(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(
              names = "--policy",
              paramLabel = "FILE",
              required = true,
              description = "the policy that names the witness (C2SP tlog-policy)")
          Path policy,
      @Parameters(paramLabel = "ANSWER", description = "the witness's answer") Path answer) {
    AnchorExchange.Taken taken =
        new AnchorExchange(data, AnchorPolicy.read(policy)).take(read(answer));
    spec.commandLine()
        .getOut()
        .println("size " + taken.size() + " cosigned by " + String.join(", ", taken.witnesses()));
    return ExitCode.DONE;
  }

  static String read(Path file) {
    try {
      if (Files.size(file) > MAX_ANSWER) {
        throw new PlatformException(CliErrorCode.CONFIGURATION_INVALID, file + " is too long");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.CONFIGURATION_INVALID, file + " cannot be read", e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new PlatformException(
          CliErrorCode.DATA_FOLDER_UNUSABLE, file + ": " + e.getMessage(), e);
    }
  }
}
