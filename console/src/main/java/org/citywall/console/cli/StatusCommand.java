// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.console.control.ControlClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What the server on a data folder is doing. */
@Command(
    name = "status",
    description = "Show what the server that runs on a data folder is doing.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "data folder", required = true)
  private Path data;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, Object> status =
        new ControlClient(new DataFolder(data).controlSocket()).send("status", Map.of());
    if (json) {
      spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(status));
    } else {
      status.forEach(
          (name, value) -> spec.commandLine().getOut().printf("%-24s %s%n", name, value));
    }
    return ExitCode.DONE;
  }
}
