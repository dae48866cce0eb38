// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program of the verifier's own jar: {@code java -jar citywall-verifier.jar --data DIR}. */
public final class Verifier {

  private Verifier() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  private static CommandLine commandLine() {
    CommandLine command = new CommandLine(new VerifyCommand());
    String version = Verifier.class.getPackage().getImplementationVersion();
    command
        .getCommandSpec()
        .name("citywall-verifier")
        .version("citywall-verifier " + (version == null ? "(development)" : version));
    return CommandFailures.reportedBy(command)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }
}
