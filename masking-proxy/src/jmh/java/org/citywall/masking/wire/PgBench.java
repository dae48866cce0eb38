// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** PostgreSQL's own load generator, as a system has it installed. */
final class PgBench {

  private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+)");
  private static final long PATIENCE_SECONDS = 60;

  private final Path program;

  private PgBench(Path program) {
    this.program = program;
  }

  /** The one that {@code -Dpgbench=FILE} names, or one where Debian and others put it. */
  static Optional<PgBench> find() throws IOException {
    return Optional.ofNullable(System.getProperty("pgbench"))
        .map(Path::of)
        .or(() -> Programs.find("pgbench"))
        .or(PgBench::ofDebian)
        .map(PgBench::new);
  }

  private static Optional<Path> ofDebian() {
    Path versions = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(versions)) {
      return all.map(version -> version.resolve("bin/pgbench")).filter(Files::exists).findAny();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Fills the tables of the standard scenario. */
  void fill(Target target, int scale) throws IOException, InterruptedException {
    run(target, List.of("-i", "-q", "-s", Integer.toString(scale)), PATIENCE_SECONDS);
  }

  /**
   * Transactions a second.
   *
   * @param work options that say what a transaction is
   */
  double rate(Target target, int clients, int seconds, List<String> work)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("-n", "-j", "1"));
    options.addAll(List.of("-c", Integer.toString(clients), "-T", Integer.toString(seconds)));
    options.addAll(work);
    Matcher rate = RATE.matcher(run(target, options, seconds + PATIENCE_SECONDS));
    // it names none where the time was over before the first transaction
    return rate.find() ? Double.parseDouble(rate.group(1)) : 0;
  }

  private String run(Target target, List<String> options, long patience)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-h", "127.0.0.1"));
    command.addAll(List.of("-p", Integer.toString(target.port()), "-U", target.user()));
    command.addAll(options);
    command.add(BenchDatabase.NAME);
    Path output = Files.createTempFile("pgbench", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("PGPASSWORD", target.password());
      Process process = builder.start();
      if (!process.waitFor(patience, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("pgbench does not end");
      }
      String text = Files.readString(output, UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException("pgbench failed: " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
