// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The real psql with lines as somebody would type them, and what it prints for each. */
final class Psql {

  static final Path PROGRAM = Path.of("/usr/bin/psql");

  /** Gives a program a terminal, without which psql completes nothing. */
  static final Path TERMINAL = Path.of("/usr/bin/script");

  private static final String PROMPT = "demo=> ";
  private static final String MARK = "@@@ ";

  /** The time that {@code \\watch} prints. */
  private static final Pattern WATCHED = Pattern.compile("(?m)^.*( \\(every .*)$");

  private final Path folder;

  Psql(Path folder) {
    this.folder = folder;
  }

  /** Output and errors per line, in the order in which psql wrote them. */
  Map<String, String> run(int port, String user, String password, List<String> lines)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("\\set VERBOSITY default\n");
    for (int i = 0; i < lines.size(); i++) {
      script
          .append("\\echo ")
          .append(MARK)
          .append(i)
          .append('\n')
          .append(lines.get(i))
          .append('\n');
    }
    Path input = Files.writeString(folder.resolve(user + "-in"), script, UTF_8);
    Path output = folder.resolve(user + "-out");
    ProcessBuilder psql =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-X",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                user,
                "-d",
                "demo")
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    psql.environment().put("PGPASSWORD", password);
    psql.environment().put("PGCLIENTENCODING", "UTF8");
    psql.environment().put("PAGER", "");
    Process process = psql.start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("psql did not end: " + Files.readString(output, UTF_8));
    }
    Map<String, String> shown = new LinkedHashMap<>();
    for (String part : Files.readString(output, UTF_8).split("(?m)^" + MARK, -1)) {
      int end = part.indexOf('\n');
      if (end > 0 && part.substring(0, end).matches("\\d+")) {
        int index = Integer.parseInt(part.substring(0, end));
        shown.put(
            index + " " + lines.get(index),
            WATCHED.matcher(part.substring(end + 1)).replaceAll("$1"));
      }
    }
    return shown;
  }

  /** What the terminal shows where somebody types these starts of lines, and the key Tab twice. */
  List<String> complete(int port, String user, String password, List<String> starts)
      throws IOException, InterruptedException {
    StringBuilder keys = new StringBuilder();
    starts.forEach(start -> keys.append(start).append("\t\t\u0015"));
    Path output = folder.resolve(user + "-screen");
    String command = PROGRAM + " -X -h 127.0.0.1 -p " + port + " -U " + user + " -d demo";
    ProcessBuilder terminal =
        new ProcessBuilder(TERMINAL.toString(), "-q", "-e", "-c", command, "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    terminal.environment().put("PGPASSWORD", password);
    terminal.environment().put("PAGER", "");
    terminal.environment().put("TERM", "dumb");
    terminal.environment().put("INPUTRC", "/dev/null");
    Process process = terminal.start();
    try (Writer keyboard = process.outputWriter(UTF_8)) {
      // keys before the prompt are no line of psql's
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.readString(output, UTF_8).contains(PROMPT));
      keyboard.write(keys + "\\q\n");
      keyboard.flush();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("psql did not end: " + Files.readString(output, UTF_8));
      }
    }
    return Files.readString(output, UTF_8)
        .lines()
        .map(line -> line.replaceAll("\\p{Cntrl}", ""))
        .toList();
  }
}
