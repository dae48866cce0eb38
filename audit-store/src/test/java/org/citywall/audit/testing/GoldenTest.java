// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {

  @TempDir Path folder;

  @Test
  void failsWithoutAFileAndWritesNone() {
    Path file = folder.resolve("absent.txt");

    assertThatThrownBy(() -> Golden.assertFile(file, "text", false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dgolden.update=true");

    assertThat(file).doesNotExist();
  }

  @Test
  void failsOnADifferenceAndKeepsTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("old.txt"), "old");

    assertThatThrownBy(() -> Golden.assertFile(file, "new", false))
        .isInstanceOf(AssertionError.class);

    assertThat(file).hasContent("old");
  }

  @Test
  void rewritesOnlyWhenAsked() throws Exception {
    Path file = Files.writeString(folder.resolve("old.txt"), "old");

    Golden.assertFile(file, "new", true);
    Golden.assertFile(file, "new", false);

    assertThat(file).hasContent("new");
  }
}
