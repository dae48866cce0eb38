// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.List;
import org.citywall.compliance.check.Checks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which checks a command is about. */
final class CheckOptions {

  @Option(names = "--checks", paramLabel = "PATH", description = "files or folders of checks")
  private @Nullable List<Path> paths;

  Checks checks() {
    return paths == null ? Checks.builtIn() : Checks.read(paths);
  }
}
