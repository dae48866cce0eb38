// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table of the class path: UTF-8, one row a line, columns parted by tabs, {@code #} comments. */
final class SeedTable {

  private SeedTable() {}

  static List<List<String>> rows(String name) {
    return text(name)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
  }

  static String text(String name) {
    try (InputStream in = SeedTable.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the demo lacks its file " + name);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .readAllAsString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
