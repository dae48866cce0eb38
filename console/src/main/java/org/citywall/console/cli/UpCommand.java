// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.citywall.correlation.Context;
import org.citywall.correlation.ContextFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs an empty platform: real sources, no demo data. */
@Command(
    name = "up",
    description = "Run the platform on this machine.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions options;

  @Mixin private RoleOptions roles;

  @Option(names = "--config", paramLabel = "FILE", description = "citywall.yaml")
  private @Nullable Path config;

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig server = ServerConfig.of(options, config, "citywall-data");
    return new ServerRun(spec.commandLine()).run(start(server, Clock.systemUTC()));
  }

  private Node start(ServerConfig server, Clock clock) {
    return roles.isStore()
        ? StoreNode.start(server, roles.storePort, roles.storeHosts, clock)
        : Server.start(server, clock, roles.log(), log -> context(server.data()));
  }

  private static Context context(DataFolder data) {
    return Files.exists(data.context()) ? ContextFile.read(data.context()) : Context.empty();
  }
}
