// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A run on disk, as {@link ResultLines} says. The results for a target are written together when
 * they are there, so that a run that was broken off goes on with the targets that it lacks.
 */
public final class RunFile implements AutoCloseable {

  private final BufferedWriter out;

  private RunFile(BufferedWriter out) {
    this.out = out;
  }

  /** A new file; fails where there is one. */
  public static RunFile create(Path file) throws IOException {
    return new RunFile(write(file, ResultLines.FIRST, StandardOpenOption.CREATE_NEW));
  }

  /** Goes on with a file; a last line without its end is cut off. */
  public static RunFile append(Path file) throws IOException {
    String text = ResultLines.whole(Files.readString(file));
    return new RunFile(write(file, text.stripTrailing(), StandardOpenOption.TRUNCATE_EXISTING));
  }

  private static BufferedWriter write(Path file, String begin, OpenOption how) throws IOException {
    BufferedWriter out =
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE, how);
    out.write(begin);
    out.write('\n');
    out.flush();
    return out;
  }

  /** The results for a target. */
  public synchronized void add(List<CheckResult> results) {
    try {
      for (CheckResult result : results) {
        out.write(ResultLines.line(result));
        out.write('\n');
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The results in a file; {@code CMP-0007} with the line of a mistake. */
  public static List<CheckResult> read(Path file) throws IOException {
    String text = Files.readString(file);
    if (!text.startsWith(ResultLines.FIRST + "\n")) {
      throw new IOException("it is no file of a run");
    }
    return ResultLines.read(text);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
