// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.grant.DatabaseUsage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the database's owner runs so that proxies can count there. */
@Command(
    name = "usage",
    description =
        "Print the SQL by which a database counts for its proxies what is used of grants.",
    mixinStandardHelpOptions = true)
final class SqlUsageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "proxy.yaml",
      required = true,
      description = "the proxy's file, which names its login in the database")
  private Path config;

  private final Map<String, String> environment;

  SqlUsageCommand() {
    this(System.getenv());
  }

  SqlUsageCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (ProxyVault vault = ProxyVault.open(config, Clock.systemUTC())) {
      ProxyConfig proxy = ProxyConfig.read(config, environment, vault.store());
      spec.commandLine().getOut().print(DatabaseUsage.script(proxy.backend().user()));
    }
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }
}
