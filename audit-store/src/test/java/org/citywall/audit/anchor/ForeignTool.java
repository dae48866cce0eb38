// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that others wrote, run to the end. */
final class ForeignTool {

  private static final int LIMIT_MINUTES = 5;

  /**
   * What came of it.
   *
   * @param output of both streams
   */
  record Result(int exitCode, String output) {}

  private ForeignTool() {}

  /** Whether this machine has it. */
  static boolean exists(String... command) {
    try {
      return run(Path.of("."), Map.of(), List.of(command)).exitCode() == 0;
    } catch (AssertionError e) {
      return false;
    }
  }

  static Result run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("foreign", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      return new Result(process.exitValue(), text);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
