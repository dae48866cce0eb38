// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose data left, and by whom. */
@Command(
    name = "exposure",
    description = "Whose data left, by whom; and who looked at one person's record.",
    subcommands = {ExposureLedgerCommand.class, ExposureSubjectCommand.class},
    mixinStandardHelpOptions = true)
final class ExposureCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: ledger or subject");
  }
}
