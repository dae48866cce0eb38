// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the platform for a made-up city, with thirty days behind it and a slow live stream. */
@Command(
    name = "demo",
    description = "Run the platform for a made-up city with thirty days of history.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private static final long DEFAULT_SEED = 20_261_122L;

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions options;

  @Option(
      names = "--proxy-port",
      paramLabel = "N",
      description = "port of the masking proxy, which this version does not have yet")
  private @Nullable Integer proxyPort;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the made-up city, used at the first start (default: ${DEFAULT-VALUE})")
  private long seed = DEFAULT_SEED;

  @Override
  public Integer call() throws InterruptedException {
    if (proxyPort != null) {
      spec.commandLine().getErr().println("note: no masking proxy yet; --proxy-port is ignored");
    }
    ServerConfig server = ServerConfig.of(options, null, "citywall-demo");
    return new ServerRun(spec.commandLine()).run(new DemoServer(server, seed).start());
  }
}
