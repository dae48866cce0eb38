// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real {@code citywall} server in a JVM of its own, which a test can kill. */
final class ServerProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(120);

  private final Process process;
  private final Map<String, String> ready;
  private final List<String> output;

  private ServerProcess(Process process, Map<String, String> ready, List<String> output) {
    this.process = process;
    this.ready = ready;
    this.output = output;
  }

  /** Starts {@code citywall COMMAND --data DIR} on free ports and waits for the ready line. */
  static ServerProcess start(String command, Path data, String... more) throws IOException {
    return run(data, serverWords(command, data, more));
  }

  private static List<String> serverWords(String command, Path data, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--data", data.toString()));
    for (String port : List.of("console", "syslog", "syslog-tls", "relp", "ingest")) {
      words.addAll(List.of("--" + port + "-port", "0"));
    }
    words.addAll(List.of(more));
    return words;
  }

  /** Starts any command that prints a ready line; its errors go to {@code DIR/stderr.txt}. */
  static ServerProcess run(Path data, List<String> words) throws IOException {
    Process process = launch(data, words);
    List<String> output = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(process, output, ready));
    try {
      return new ServerProcess(
          process, ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS), output);
    } catch (Exception e) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "server did not start: " + Files.readString(data.resolve("stderr.txt")), e);
    }
  }

  /** Starts a server, kills it after so long wherever its start has come to; gives its output. */
  static List<String> startAndKill(String command, Path data, Duration after)
      throws IOException, InterruptedException {
    Process process = launch(data, serverWords(command, data));
    if (process.waitFor(after)) {
      throw new IllegalStateException(
          "server did not start: " + Files.readString(data.resolve("stderr.txt")));
    }
    process.toHandle().destroyForcibly(); // leaves its output to be read
    process.waitFor();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }

  private static Process launch(Path data, List<String> words) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
    // It lives for seconds: what the optimizing compiler takes is never paid back.
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(Citywall.class.getName());
    line.addAll(words);
    Files.createDirectories(data);
    return new ProcessBuilder(line)
        .redirectError(ProcessBuilder.Redirect.appendTo(data.resolve("stderr.txt").toFile()))
        .start();
  }

  private static void follow(
      Process process, List<String> output, CompletableFuture<Map<String, String>> ready) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        output.add(line);
        if (line.startsWith("citywall ready:")) {
          ready.complete(parts(line.substring("citywall ready:".length()).strip()));
        }
      }
      ready.completeExceptionally(new IOException("the server ended; it printed " + output));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private static Map<String, String> parts(String line) {
    Map<String, String> parts = new HashMap<>();
    for (String part : line.split(" ")) {
      int equals = part.indexOf('=');
      parts.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return parts;
  }

  /** A part of the ready line, for example {@code ingest}. */
  String part(String name) {
    return java.util.Objects.requireNonNull(ready.get(name), () -> name + " in " + ready);
  }

  int port(String name) {
    String address = part(name);
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Everything printed to standard output so far. */
  List<String> output() {
    return List.copyOf(output);
  }

  /** Kills the process as {@code kill -9} does and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to end (SIGTERM) and gives its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the server did not stop within a minute");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      kill();
    }
  }
}
