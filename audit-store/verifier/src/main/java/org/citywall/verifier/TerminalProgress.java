// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.util.Locale;
import org.citywall.audit.log.verify.Progress;
import picocli.CommandLine.Model.CommandSpec;

/** Percents of long work, on a terminal and nowhere else. */
public final class TerminalProgress {

  private TerminalProgress() {}

  /**
   * @param json whether a program reads the output
   */
  public static Progress of(CommandSpec spec, boolean json) {
    if (json || System.console() == null || !System.console().isTerminal()) {
      return Progress.SILENT;
    }
    PrintWriter err = spec.commandLine().getErr();
    return (done, total) -> {
      err.printf(Locale.ROOT, "\r%3d %%", total == 0 ? 100 : 100 * done / total);
      err.print(done == total ? "\r" : "");
      err.flush();
    };
  }
}
