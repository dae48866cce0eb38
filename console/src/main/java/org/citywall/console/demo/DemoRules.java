// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;

/** A small set of Sigma rules for the made-up city, with tests beside them. */
public final class DemoRules {

  private static final List<String> FILES =
      List.of("data-access.yml", "data-access.test.yml", "host.yml", "host.test.yml", "local.yml");

  private DemoRules() {}

  /** Writes the rules at the first start; {@code CON-0040} where that fails. */
  public static void write(Path folder) {
    if (Files.exists(folder)) {
      return;
    }
    try {
      Files.createDirectories(folder);
      for (String file : FILES) {
        try (InputStream in = DemoRules.class.getResourceAsStream("rules/" + file)) {
          Files.copy(Objects.requireNonNull(in, file), folder.resolve(file));
        }
      }
    } catch (IOException e) {
      throw new PlatformException(
          ConsoleErrorCode.DEMO_DATABASE_FAILED, folder + " cannot be written", e);
    }
  }
}
