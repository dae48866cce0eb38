// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The database server of an earlier run that was killed before it could stop it. */
final class LeftoverServer {

  private static final long PATIENCE_SECONDS = 10;

  private LeftoverServer() {}

  /** Stops the server that still holds this cluster, if there is one. */
  static void stop(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 2 || !Path.of(lines.get(1)).equals(cluster)) {
      return;
    }
    Optional<ProcessHandle> server =
        ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .filter(process -> runsThisCluster(process, cluster));
    if (server.isPresent()) {
      stop(server.get());
    }
  }

  // After a reboot the number may belong to somebody else's process.
  private static boolean runsThisCluster(ProcessHandle process, Path cluster) {
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(cluster.toString()))
        .orElse(false);
  }

  private static void stop(ProcessHandle server) throws IOException {
    server.destroy();
    try {
      server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // Its children notice the loss and end too; the cluster recovers from its write-ahead log.
      server.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while an earlier database server stops", e);
    }
  }
}
