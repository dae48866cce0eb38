// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.SigmaSet.Level;
import org.citywall.correlation.sigma.Placeholders;
import org.jspecify.annotations.Nullable;

/**
 * Where Sigma rules of the site are.
 *
 * @param paths files and folders that must be there
 * @param usual a folder that is read besides where there is one
 * @param placeholders file of lists that rules ask for, or null
 * @param floor level from which hits become alerts
 */
public record RuleFolders(List<Path> paths, Path usual, @Nullable Path placeholders, Level floor) {

  public RuleFolders {
    paths = List.copyOf(paths);
  }

  private List<Path> read() {
    List<Path> all = new ArrayList<>(paths);
    if (Files.exists(usual)) {
      all.add(usual);
    }
    return all;
  }

  /** Reads all of them; {@code COR-0065} where the lists cannot be read. */
  SigmaSet load() {
    try {
      Placeholders lists =
          placeholders == null
              ? Placeholders.NONE
              : Placeholders.read(Files.readString(placeholders));
      return SigmaSet.read(read(), lists, floor);
    } catch (IOException e) {
      throw new PlatformException(
          CorrelationErrorCode.SIGMA_FILE_UNREADABLE, placeholders + " cannot be read", e);
    }
  }

  /** Names, sizes and times of all files: another text where one of them changed. */
  String state() {
    StringBuilder state = new StringBuilder();
    List<Path> all = read();
    if (placeholders != null) {
      all.add(placeholders);
    }
    for (Path path : all) {
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted().forEach(file -> append(file, state));
      } catch (IOException | UncheckedIOException e) {
        state.append(path).append(" is unreadable\n");
      }
    }
    return state.toString();
  }

  private static void append(Path file, StringBuilder state) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        state
            .append(file)
            .append(' ')
            .append(attributes.size())
            .append(' ')
            .append(attributes.lastModifiedTime().toMillis())
            .append('\n');
      }
    } catch (IOException e) {
      state.append(file).append(" is unreadable\n");
    }
  }
}
