// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The file that remembers that a data folder holds a demo: one line of seed, end, entries and
 * {@code begun} or {@code complete}, parted by blanks.
 */
final class SeedMarker {

  private final Path file;

  SeedMarker(Path file) {
    this.file = file;
  }

  record State(long seed, Instant end, long entries, boolean complete) {}

  Optional<State> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> words = List.of(Files.readString(file).strip().split(" "));
      return Optional.of(
          new State(
              Long.parseLong(words.get(0)),
              Instant.parse(words.get(1)),
              Long.parseLong(words.get(2)),
              words.get(3).equals("complete")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(State state) {
    String line =
        String.join(
            " ",
            Long.toString(state.seed()),
            state.end().toString(),
            Long.toString(state.entries()),
            state.complete() ? "complete" : "begun");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path written = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(written, line + "\n");
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
