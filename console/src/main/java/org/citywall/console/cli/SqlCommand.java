// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What becomes of SQL statements, and what a database needs for it, without running anything. */
@Command(
    name = "sql",
    description = "What becomes of SQL statements, without running them.",
    mixinStandardHelpOptions = true,
    subcommands = {SqlExplainCommand.class, SqlUsageCommand.class})
final class SqlCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: explain or usage");
  }
}
