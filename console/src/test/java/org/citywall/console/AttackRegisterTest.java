// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The register of attacks names tests that are there. */
class AttackRegisterTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void namesTestsThatExist() throws IOException {
    String register = Files.readString(ROOT.resolve("docs/security/attacks.md"));
    List<MatchResult> named = NAMED.matcher(register).results().toList();
    long attacks = register.lines().filter(line -> line.startsWith("| ")).count();

    assertThat(named).hasSizeGreaterThan(40);
    // Each of the four tables has two lines of heading.
    assertThat(named.size()).isEqualTo(attacks - 2 * 4);
    for (MatchResult test : named) {
      assertThat(source(test.group(1))).as(test.group()).contains("void " + test.group(2) + "(");
    }
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> files = Files.find(ROOT, 20, (file, about) -> isSource(file, test))) {
      return Files.readString(files.findFirst().orElseThrow());
    }
  }

  private static boolean isSource(Path file, String test) {
    return file.endsWith(test + ".java") && file.toString().contains("/src/test/java/");
  }
}
