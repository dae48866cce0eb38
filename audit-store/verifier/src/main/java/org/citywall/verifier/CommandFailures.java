// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import picocli.CommandLine;

/** What a command says and answers when it fails: a public contract of every command of ours. */
public final class CommandFailures {

  private static final int CALLERS_MISTAKE = 1;
  private static final int REFUSED_BY_POLICY = 2;
  private static final int OUTSIDE_FAULT = 4;
  private static final int TAMPERED = 10;
  private static final int OUR_BUG = 70;

  private CommandFailures() {}

  /** The same command line, which now reports failures by the contract. */
  public static CommandLine reportedBy(CommandLine command) {
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(CommandFailures::misused)
        .setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed));
  }

  private static int misused(CommandLine.ParameterException misuse, String[] arguments) {
    var err = misuse.getCommandLine().getErr();
    err.println("error: " + misuse.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(misuse, err)) {
      err.println("Try '" + misuse.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    }
    return CALLERS_MISTAKE;
  }

  private static int failed(Exception failure, CommandLine command) {
    if (failure instanceof PlatformException known) {
      command.getErr().println("error: " + known.getMessage());
      return exitCode(known.code().category());
    }
    command.getErr().println("error: unexpected failure; please report it with the lines below");
    failure.printStackTrace(command.getErr());
    return OUR_BUG;
  }

  /** Exit code of a failure of this category. */
  public static int exitCode(ErrorCategory category) {
    return switch (category) {
      case CALLER -> CALLERS_MISTAKE;
      case POLICY -> REFUSED_BY_POLICY;
      case CAPACITY, EXTERNAL -> OUTSIDE_FAULT;
      case INTEGRITY -> TAMPERED;
      case INTERNAL -> OUR_BUG;
    };
  }
}
