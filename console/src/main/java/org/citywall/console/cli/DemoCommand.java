// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.citywall.console.demo.DemoDatabase;
import org.citywall.console.demo.DemoProxyFiles;
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

  private static final int DEFAULT_PROXY_PORT = 15432;
  private static final long DEFAULT_SEED = 20_261_122L;

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions options;

  @Option(
      names = "--proxy-port",
      paramLabel = "N",
      description = "port of the masking proxy (default: ${DEFAULT-VALUE})")
  private int proxyPort = DEFAULT_PROXY_PORT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the made-up city, used at the first start (default: ${DEFAULT-VALUE})")
  private long seed = DEFAULT_SEED;

  /** How three people see the same rows. */
  private static String invitation(Server server, Path data) {
    InetSocketAddress proxy = server.masking().orElseThrow();
    return "masking proxy: psql \"host="
        + proxy.getHostString()
        + " port="
        + proxy.getPort()
        + " dbname="
        + DemoDatabase.DATABASE
        + " user="
        + String.join("|", DemoProxyFiles.USERS)
        + "\", passwords in "
        + data.resolve("demo").resolve("proxy")
        + "/USER.password";
  }

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config = ServerConfig.of(options, null, "citywall-demo");
    Server server = new DemoServer(config, proxyPort, seed).start();
    spec.commandLine().getOut().println(invitation(server, config.data().root()));
    return new ServerRun(spec.commandLine()).run(server);
  }
}
