// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected outputs kept as files. They are rewritten only under {@code -Dgolden.update=true}, and
 * the rewrite is then reviewed as a diff.
 */
public final class Golden {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  /** Compares with {@code src/test/resources/golden/NAME} of the module under test. */
  public static void assertGolden(String name, String actual) {
    assertFile(FOLDER.resolve(name), actual);
  }

  /** Compares with any committed file, for instance a generated page of the documentation. */
  public static void assertFile(Path file, String actual) {
    assertFile(file, actual, Boolean.getBoolean("golden.update"));
  }

  static void assertFile(Path file, String actual, boolean update) {
    try {
      if (update) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, actual);
        return;
      }
      assertThat(file).as("golden file; -Dgolden.update=true writes it").isRegularFile();
      assertThat(actual)
          .as("%s; if the change is meant, run with -Dgolden.update=true and review it", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
