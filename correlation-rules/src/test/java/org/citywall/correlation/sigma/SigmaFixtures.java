// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.citywall.correlation.sigma.SigmaRules.Source;

/** The field's own rules, where they lie beside the checkout; tests that need them are skipped. */
final class SigmaFixtures {

  private static final int BLOCK = 512;

  private SigmaFixtures() {}

  static Path folder() {
    Path folder = Path.of("..", "..", "shared", "fixtures", "sigma");
    assumeTrue(Files.isDirectory(folder), "no fixtures at " + folder.toAbsolutePath());
    return folder;
  }

  /** Every rule of the archive, by its path within. */
  static List<Source> rules() throws IOException {
    Path archive;
    try (var files = Files.list(folder())) {
      archive = files.filter(f -> f.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      return ymlFiles(new DataInputStream(in));
    }
  }

  private static List<Source> ymlFiles(DataInputStream tar) throws IOException {
    List<Source> sources = new ArrayList<>();
    String longName = "";
    byte[] header = tar.readNBytes(BLOCK);
    while (header.length == BLOCK && header[0] != 0) {
      String size = text(header, 124, 12);
      byte[] content = tar.readNBytes(Integer.parseInt(size, 8));
      tar.skipNBytes((BLOCK - content.length % BLOCK) % BLOCK);
      String prefix = text(header, 345, 155);
      String name = (prefix.isEmpty() ? "" : prefix + '/') + text(header, 0, 100);
      if (header[156] == 'L') {
        longName = text(content, 0, content.length);
      } else {
        String file = longName.isEmpty() ? name : longName;
        longName = "";
        if (file.endsWith(".yml")) {
          sources.add(new Source(file, new String(content, StandardCharsets.UTF_8)));
        }
      }
      header = tar.readNBytes(BLOCK);
    }
    return sources;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < from + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8).strip();
  }
}
