// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MemoryLog;

/**
 * A collector in a JVM of its own, to be killed. Its log refuses everything, so that all it
 * acknowledges must be in the spool.
 */
final class CollectorProcess implements AutoCloseable {

  static final String TOKEN = "only-for-tests";

  private final Process process;

  private CollectorProcess(Process process) {
    this.process = process;
  }

  /** Starts the process and returns when it listens on these ports. */
  static CollectorProcess start(Path spool, int relpPort, int httpPort) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CollectorProcess.class.getName(),
                spool.toString(),
                Integer.toString(relpPort),
                Integer.toString(httpPort))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals("ready")) {
        return new CollectorProcess(process);
      }
    }
    throw new IOException("the collector did not start");
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** Kills it without any warning, as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  public static void main(String[] args) throws IOException {
    MemoryLog log = new MemoryLog();
    log.refuseAppends(true);
    CollectorConfig config =
        CollectorConfig.in(Path.of(args[0]))
            .relp(Integer.parseInt(args[1]))
            .http(Integer.parseInt(args[2]))
            .tokens(List.of(IngestToken.of("test", Sensitive.of(TOKEN))))
            .build();
    try (Collectors collectors = Collectors.start(config, log, null, Clock.systemUTC())) {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      out.println(collectors.addresses().http().isPresent() ? "ready" : "not ready");
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
