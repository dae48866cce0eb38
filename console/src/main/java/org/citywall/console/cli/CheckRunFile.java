// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.check.Drift.Outcome;
import org.citywall.compliance.check.Drift.Subject;
import org.citywall.compliance.check.ResultLines;
import org.citywall.compliance.check.RunFile;

/** Files of runs as commands open them: whatever goes wrong is {@code CLI-0080} with the file. */
final class CheckRunFile {

  private CheckRunFile() {}

  /** Opens a file for more. */
  private interface Opening<T> {
    T open() throws IOException;
  }

  static RunFile create(Path file) {
    return opened(file, () -> RunFile.create(file));
  }

  static RunFile append(Path file) {
    return opened(file, () -> RunFile.append(file));
  }

  /** What each target and check came to. */
  static Map<Subject, Outcome> read(Path file) {
    return opened(file, () -> ResultLines.outcomes(RunFile.read(file)));
  }

  private static <T> T opened(Path file, Opening<T> opening) {
    try {
      return opening.open();
    } catch (IOException | PlatformException e) {
      throw new PlatformException(
          CliErrorCode.CHECK_RUN_FILE,
          file + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(),
          e);
    }
  }
}
