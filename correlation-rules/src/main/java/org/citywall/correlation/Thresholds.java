// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Thresholds of the site, which stand before those that rules come with. In YAML:
 *
 * <pre>{@code
 * version: "2026-03-01"
 * rules:
 *   bulk-export: {rows-staff-3: 8000}
 *   snooping: {looks: 5, window: P14D}
 * }</pre>
 *
 * @param version name of this state, kept with what was decided under it
 * @param rules values by rule and threshold
 */
public record Thresholds(String version, SortedMap<String, SortedMap<String, String>> rules) {

  private record Document(
      @Nullable String version, @Nullable Map<String, Map<String, Object>> rules) {}

  public Thresholds {
    TreeMap<String, SortedMap<String, String>> copy = new TreeMap<>();
    rules.forEach((rule, values) -> copy.put(rule, new TreeMap<>(values)));
    rules = copy;
  }

  /** Reads the file; {@code COR-0091} where that fails, {@code COR-0090} where it is wrong. */
  public static Thresholds read(Path file) {
    try {
      return parse(
          String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new PlatformException(CorrelationErrorCode.THRESHOLDS_UNREADABLE, file.toString(), e);
    }
  }

  /** Reads the text of a file, which messages call by this name. */
  static Thresholds parse(String name, String yaml) {
    Document document =
        YamlReader.read(name, yaml, Document.class, CorrelationErrorCode.THRESHOLDS_INVALID);
    if (document.version() == null) {
      throw new PlatformException(
          CorrelationErrorCode.THRESHOLDS_INVALID, name + " at version: version is missing");
    }
    TreeMap<String, SortedMap<String, String>> rules = new TreeMap<>();
    if (document.rules() != null) {
      document
          .rules()
          .forEach(
              (rule, values) -> {
                TreeMap<String, String> texts = new TreeMap<>();
                values.forEach((threshold, value) -> texts.put(threshold, String.valueOf(value)));
                rules.put(rule, texts);
              });
    }
    return new Thresholds(document.version(), rules);
  }

  /** Thresholds of a site that has none. */
  public static Thresholds none() {
    return new Thresholds("none", new TreeMap<>());
  }

  /** The same with this value of a rule's threshold. */
  Thresholds with(String rule, String threshold, String value) {
    TreeMap<String, SortedMap<String, String>> changed = new TreeMap<>(rules);
    TreeMap<String, String> values = new TreeMap<>(of(rule));
    values.put(threshold, value);
    changed.put(rule, values);
    return new Thresholds(version, changed);
  }

  /** The file of them under another version, a line for each rule. */
  public String text(String name) {
    StringBuilder yaml = new StringBuilder("version: \"" + name + "\"\nrules:\n");
    rules.forEach(
        (rule, values) -> {
          List<String> texts = new ArrayList<>();
          values.forEach((threshold, value) -> texts.add(threshold + ": " + quoted(value)));
          yaml.append("  ").append(rule).append(": {");
          yaml.append(String.join(", ", texts)).append("}\n");
        });
    return rules.isEmpty() ? "version: \"" + name + "\"\n" : yaml.toString();
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9]+")
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Values of this rule. */
  Map<String, String> of(String rule) {
    return rules.getOrDefault(rule, new TreeMap<>());
  }
}
