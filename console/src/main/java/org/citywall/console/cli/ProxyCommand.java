// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the masking proxy as a process of its own, with a log of its own. */
@Command(
    name = "proxy",
    description = "Run the masking proxy.",
    mixinStandardHelpOptions = true,
    subcommands = {ProxyReportCommand.class, ProxyViewsCommand.class})
final class ProxyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "proxy.yaml",
      description = "the proxy's file, required; its JSON Schema is in docs/reference/proxy")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    if (config == null) {
      throw new ParameterException(spec.commandLine(), "--config says which file");
    }
    ProxyNode node = ProxyNode.start(config, System.getenv(), Clock.systemUTC());
    return new ServerRun(spec.commandLine()).run(node);
  }
}
