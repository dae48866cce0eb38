// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pool of the field, where the system has it, with one connection for each client. */
final class PgBouncer implements AutoCloseable {

  private static final int LOOKS = 100;

  private final Process process;
  private final Path folder;
  private final int port;
  private final String mode;

  private PgBouncer(Process process, Path folder, int port, String mode) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.mode = mode;
  }

  /**
   * Starts; empty where it is not installed.
   *
   * @param mode {@code session} or {@code transaction}
   */
  static Optional<PgBouncer> start(int backend, String mode)
      throws IOException, InterruptedException {
    Optional<Path> program = Programs.find("pgbouncer");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = freePort();
    Path folder = Files.createTempDirectory("pgbouncer");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path file = folder.resolve("pgbouncer.ini");
    Files.writeString(
        file,
        """
        [databases]
        bench = host=127.0.0.1 port=%d user=app password=app
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        auth_type = any
        pool_mode = %s
        default_pool_size = 100
        max_client_conn = 200
        unix_socket_dir =
        """
            .formatted(backend, port, mode));
    List<String> command = new ArrayList<>(List.of(program.get().toString(), "-q"));
    if (System.getProperty("user.name").equals("root")) {
      // it refuses to run as root
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(file.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    PgBouncer started = new PgBouncer(process, folder, port, mode);
    started.awaitPort();
    return Optional.of(started);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitPort() throws IOException, InterruptedException {
    for (int look = 0; look < LOOKS && process.isAlive(); look++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new IOException("PgBouncer does not listen: " + Files.readString(folder.resolve("log")));
  }

  Target target() {
    return new Target("PgBouncer, " + mode, port, BenchDatabase.USER, BenchDatabase.PASSWORD);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
