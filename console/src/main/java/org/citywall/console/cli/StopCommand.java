// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.console.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the server on a data folder in order. */
@Command(
    name = "stop",
    description = "Stop the server that runs on a data folder, in order.",
    mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {

  @Option(names = "--data", paramLabel = "DIR", description = "data folder", required = true)
  private Path data;

  @Override
  public Integer call() {
    new ControlClient(new DataFolder(data).controlSocket()).send("stop", Map.of());
    return ExitCode.DONE;
  }
}
