// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.TestRights;
import org.citywall.masking.sql.postgres.PostgresAnalyser;

/**
 * A proxy in a process of its own, which can be killed; it lets everybody in as the demo's person.
 */
final class ProxyProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private ProxyProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one before the database at this port. */
  static ProxyProcess start(int databasePort) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ProxyProcess.class.getName(),
                Integer.toString(databasePort))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line;
    do {
      line = out.readLine();
      if (line == null) {
        throw new IOException("the proxy did not start");
      }
    } while (!line.startsWith("port "));
    return new ProxyProcess(process, Integer.parseInt(line.substring("port ".length())));
  }

  int port() {
    return port;
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process. */
  public static void main(String[] arguments) {
    ScramVerifier verifier = ScramVerifier.of(TestProxy.PASSWORD, new SecureRandom());
    TestRights rights = TestRights.ofMore();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    WireServer server =
        WireServer.start(
            new WireConfig(
                new InetSocketAddress(loopback, 0),
                WireTls.OFF,
                new Backend(
                    new InetSocketAddress(loopback, Integer.parseInt(arguments[0])),
                    "demo",
                    "app",
                    () -> Sensitive.of("app")),
                WireLimits.DEFAULT,
                true),
            new SqlGate(PostgresAnalyser.installed().orElseThrow()),
            name -> Optional.of(new Account(name, verifier, () -> rights, event -> {})),
            new TestRecorder(),
            (access, values) ->
                CompletableFuture.failedFuture(
                    new UnsupportedOperationException("nobody is granted a look-up here")),
            SubjectBook.NONE,
            new SecureRandom());
    System.out.println("port " + server.address().getPort());
  }
}
