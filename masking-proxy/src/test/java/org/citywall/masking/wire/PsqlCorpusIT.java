// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.citywall.masking.sql.CorpusCase;
import org.junit.jupiter.api.io.TempDir;

/** The corpora by psql: one session, each step an argument of its own. */
class PsqlCorpusIT extends CorpusContract {

  private static final Path PSQL = Path.of("/usr/bin/psql");
  private static final String MARK = "@@ ";

  @TempDir private static Path folder;
  private Map<String, String> shown = Map.of();
  private Map<String, String> errors = Map.of();

  @Override
  void begin(ProxiedDemo to) throws IOException, InterruptedException {
    assumeThat(PSQL).as("psql of the package postgresql-client").exists();
    File output = folder.resolve("output").toFile();
    File complaints = folder.resolve("errors").toFile();
    ProcessBuilder psql =
        new ProcessBuilder(arguments(to.port()))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output)
            .redirectError(complaints);
    psql.environment().put("PGPASSWORD", TestProxy.PASSWORD);
    psql.environment().put("PGCLIENTENCODING", "UTF8");
    Process process = psql.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    shown = parts(output);
    errors = parts(complaints);
  }

  private static List<String> arguments(int port) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(PSQL.toString());
    arguments.addAll(List.of("-X", "-q", "-A", "-t", "-h", "127.0.0.1"));
    arguments.addAll(List.of("-p", Integer.toString(port), "-U", ProxiedDemo.USER, "-d", "demo"));
    for (CorpusCase one : cases()) {
      command(arguments, "BEGIN");
      for (int i = 0; i < one.steps().size(); i++) {
        String mark = MARK + one.id() + (i == one.steps().size() - 1 ? "" : "-" + i);
        command(arguments, "\\echo " + mark);
        command(arguments, "\\warn " + mark);
        command(arguments, withLiterals(one.steps().get(i), one.parameters()));
      }
      command(arguments, "\\echo " + MARK + "end");
      command(arguments, "\\warn " + MARK + "end");
      command(arguments, "ROLLBACK");
      command(arguments, "DEALLOCATE ALL");
    }
    return arguments;
  }

  private static void command(List<String> arguments, String command) {
    arguments.add("-c");
    arguments.add(command);
  }

  /** What stands behind each mark. */
  private static Map<String, String> parts(File file) throws IOException {
    Map<String, String> parts = new HashMap<>();
    for (String part : Files.readString(file.toPath(), UTF_8).split(MARK, -1)) {
      int end = part.indexOf('\n');
      if (end > 0) {
        parts.put(part.substring(0, end), part.substring(end + 1));
      }
    }
    return parts;
  }

  @Override
  Outcome run(CorpusCase one) {
    List<String> output = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (int i = 0; i < one.steps().size(); i++) {
      String mark = one.id() + (i == one.steps().size() - 1 ? "" : "-" + i);
      assertThat(shown).containsKey(mark);
      output.add(shown.getOrDefault(mark, ""));
      complaints.add(withoutStatement(errors.getOrDefault(mark, "")));
    }
    int rows = (int) output.getLast().lines().count();
    output.addAll(complaints);
    String error =
        complaints.stream()
            .filter(complaint -> complaint.contains("ERROR:") || complaint.contains("FATAL:"))
            .findFirst()
            .orElse(null);
    return new Outcome(output, rows, error);
  }

  /** Without the lines in which psql itself repeats the statement that it sent. */
  private static String withoutStatement(String complaint) {
    return complaint.lines().filter(line -> !line.startsWith("LINE ")).collect(joining("\n"));
  }

  @Override
  void end() {
    // psql is long gone
  }
}
