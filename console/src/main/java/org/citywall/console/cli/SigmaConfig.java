// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.console.detection.RuleFolders;
import org.citywall.correlation.SigmaSet.Level;
import org.jspecify.annotations.Nullable;

/**
 * What {@code citywall.yaml} says about Sigma rules: section {@code rules} with {@code paths}
 * (files and folders), {@code placeholders} (a file) and {@code floor} (the level from which hits
 * become alerts).
 */
final class SigmaConfig {

  static final String KEY = "rules";

  private static final String PATHS = "paths";
  private static final String PLACEHOLDERS = "placeholders";
  private static final String FLOOR = "floor";

  private SigmaConfig() {}

  /**
   * Where rules are; {@code CLI-0001} where the section is malformed.
   *
   * @param folder that paths are relative to
   * @param usual where rules are if nothing is said, whether or not there are any
   */
  static RuleFolders of(Map<String, Object> yaml, Path folder, Path usual) {
    Object value = yaml.get(KEY);
    if (value == null) {
      return new RuleFolders(List.of(), usual, null, Level.HIGH);
    }
    if (!(value instanceof Map<?, ?> section)
        || !Set.of(PATHS, PLACEHOLDERS, FLOOR).containsAll(section.keySet())) {
      throw invalid("is a section of " + PATHS + ", " + PLACEHOLDERS + " and " + FLOOR);
    }
    List<Path> paths =
        texts(section.get(PATHS)).stream().map(path -> folder.resolve(path).normalize()).toList();
    Object placeholders = section.get(PLACEHOLDERS);
    return new RuleFolders(
        paths,
        usual,
        placeholders == null ? null : folder.resolve(placeholders.toString()).normalize(),
        level(section.get(FLOOR)));
  }

  private static List<String> texts(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  private static Level level(@Nullable Object value) {
    try {
      return value == null ? Level.HIGH : Level.valueOf(value.toString().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw invalid(FLOOR + ": informational, low, medium, high or critical, not " + value);
    }
  }

  private static PlatformException invalid(String detail) {
    return ServerYaml.invalid(KEY + ": " + detail, null);
  }
}
