// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.citywall.verifier.CommandFailures;
import org.citywall.verifier.VerifyCommand;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code citywall} command. Data goes to standard output, messages to standard error. */
@Command(
    name = "citywall",
    description = "Security, compliance and data-protection monitoring for public data.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      StatusCommand.class,
      StopCommand.class,
      ParseCommand.class,
      SearchCommand.class,
      ExportCommand.class,
      KeyCommand.class,
      RulesCommand.class,
      GenerateCommand.class,
      CheckCommand.class,
      ScoreCommand.class,
      FrameworkCommand.class,
      ReportCommand.class,
      AnchorCommand.class,
      WitnessCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      RetentionCommand.class,
      ExposureCommand.class,
      ProxyCommand.class,
      SqlCommand.class,
      CatalogueCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Citywall {

  private Citywall() {}

  public static void main(String[] arguments) {
    // One thread makes logging ready before several log.
    LoggerFactory.getILoggerFactory();
    // Libraries that log through the JDK end up where everything else does.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(execute(arguments));
  }

  static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CommandLine command =
        new CommandLine(new Citywall())
            .addSubcommand("verify", new VerifyCommand(IndexVerification::of));
    return CommandFailures.reportedBy(command).setOut(out).setErr(err);
  }
}
