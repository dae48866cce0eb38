// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A real rsyslogd that follows a file and forwards each line of it as a message of sshd. */
final class Rsyslog implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/sbin/rsyslogd"), Path.of("/usr/bin/rsyslogd"), Path.of("/sbin/rsyslogd"));

  private final Process process;
  private final Path input;
  private final Path output;

  private Rsyslog(Process process, Path input, Path output) {
    this.process = process;
    this.input = input;
    this.output = output;
  }

  /** The program: without it a test is skipped, but fails where CI promises to have it. */
  static Path program() {
    var found = PLACES.stream().filter(Files::isExecutable).findFirst();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("rsyslogd, which CI installs").isPresent();
    }
    assumeTrue(found.isPresent(), "no rsyslogd on this machine");
    return found.orElseThrow();
  }

  /**
   * Starts it.
   *
   * @param statements how it forwards, in its own language
   */
  static Rsyslog start(Path folder, String statements) throws IOException {
    Files.createDirectories(folder);
    Path input = Files.createFile(folder.resolve("input.log"));
    Path configuration = folder.resolve("rsyslog.conf");
    Path work = Files.createDirectories(folder.resolve("work"));
    Files.writeString(
        configuration,
        """
        global(workDirectory="WORK" localHostname="gw-01")
        module(load="imfile" mode="inotify")
        STATEMENTS
        input(type="imfile" file="INPUT" tag="sshd[77]:" severity="info" facility="auth")
        """
            .replace("WORK", work.toString())
            .replace("INPUT", input.toString())
            .replace("STATEMENTS", statements),
        UTF_8);
    Process process =
        new ProcessBuilder(program().toString(), "-n", "-iNONE", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslog.out").toFile())
            .start();
    return new Rsyslog(process, input, folder.resolve("rsyslog.out"));
  }

  /** What it has complained about so far. */
  String complaints() throws IOException {
    return Files.readString(output);
  }

  void log(Stream<String> lines) throws IOException {
    Files.write(input, (Iterable<String>) lines::iterator, UTF_8, StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
