// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.secrets.Sensitive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The foreground life of a server: says that it is ready, waits, and ends in order. */
final class ServerRun {

  private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final PrintWriter out;

  ServerRun(CommandLine command) {
    this.out = command.getOut();
  }

  /** Returns when the server was asked to stop, by signal or by the control socket. */
  int run(Node server) throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread onSignal =
        new Thread(
            () -> {
              server.requestStop();
              await(ended);
            },
            "stop-on-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try (server) {
      server.firstPassword().ifPresent(password -> tell(server, password));
      out.println(server.readyLine());
      server.awaitStop();
    } finally {
      ended.countDown();
    }
    return ExitCode.DONE;
  }

  private void tell(Node server, Sensitive<String> password) {
    out.println("first log-in: user=admin one-time-password=" + password.reveal());
    server.firstPasswordTold();
  }

  /** The process must not go before the parts are closed, nor hang when one does not close. */
  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(CLOSE_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        LOG.atWarn().log("the server did not close in time; what is missing is done at next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
