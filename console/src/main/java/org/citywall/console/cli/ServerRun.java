// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The foreground life of a server: says that it is ready, waits, and ends in order. */
final class ServerRun {

  private final PrintWriter out;

  ServerRun(CommandLine command) {
    this.out = command.getOut();
  }

  /** Returns when the server was asked to stop, by signal or by the control socket. */
  int run(Server server) throws InterruptedException {
    Thread main = Thread.currentThread();
    Thread onSignal =
        new Thread(
            () -> {
              server.requestStop();
              awaitEnd(main);
            },
            "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try (server) {
      server
          .firstPassword()
          .ifPresent(
              password ->
                  out.println("first log-in: user=admin one-time-password=" + password.reveal()));
      out.println(server.readyLine());
      server.awaitStop();
    }
    return ExitCode.DONE;
  }

  private static void awaitEnd(Thread main) {
    try {
      main.join(java.time.Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
