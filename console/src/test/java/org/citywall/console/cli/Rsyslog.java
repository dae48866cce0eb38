// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real rsyslogd that reads a local log socket, as sshd writes to it, and forwards over TLS. */
final class Rsyslog implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

  private final Process process;
  private final Path socket;

  private Rsyslog(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts rsyslogd in an empty folder, trusting only this certificate file. */
  static Rsyslog forwardingOverTls(Path folder, int port, Path certificate) throws IOException {
    Path socket = folder.resolve("log.sock");
    Path config = folder.resolve("rsyslog.conf");
    Files.writeString(
        config,
        """
        global(workDirectory="%1$s" defaultNetstreamDriverCAFile="%2$s" localHostname="gw-01")
        module(load="imuxsock" sysSock.use="off")
        input(type="imuxsock" socket="%3$s" rateLimit.interval="0")
        action(type="omfwd" target="127.0.0.1" port="%4$d" protocol="tcp"
               streamDriver="gtls" streamDriverMode="1" streamDriverAuthMode="x509/name"
               streamDriverPermittedPeers="localhost" TCP_Framing="octet-counted"
               template="RSYSLOG_SyslogProtocol23Format")
        """
            .formatted(folder, certificate, socket, port));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-n",
                "-f",
                config.toString(),
                "-i",
                folder.resolve("rsyslog.pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslog.out").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(socket) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IOException(Files.readString(folder.resolve("rsyslog.out")));
    }
    return new Rsyslog(process, socket);
  }

  /** Writes one record as the program of this name, through the {@code logger} command. */
  void log(String program, int pid, String message) throws IOException, InterruptedException {
    Process logger =
        new ProcessBuilder(
                "logger",
                "--socket",
                socket.toString(),
                "--priority",
                "authpriv.info",
                "--tag",
                program,
                "--id=" + pid,
                "--",
                message)
            .inheritIO()
            .start();
    if (logger.waitFor() != 0) {
      throw new IOException("logger failed");
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
