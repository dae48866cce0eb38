// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.citywall.correlation.sigma.YamlNode.Mapping;

/** Reads the documents of a file: rules and filters; correlations are read next door. */
final class DocumentReader {

  private static final Set<String> LEVELS =
      Set.of("", "informational", "low", "medium", "high", "critical");

  private final DetectionReader detections;

  DocumentReader(Placeholders placeholders) {
    this.detections = new DetectionReader(placeholders);
  }

  SigmaRule rule(Mapping document, String file) {
    String title = title(document);
    return new SigmaRule(
        id(document, title),
        document.text("name"),
        title,
        level(document),
        document.texts("tags"),
        logSource(document),
        new Place(file, document.line()),
        new SigmaRule.Condition(detections.read(document.mapping("detection"))));
  }

  SigmaFilter filter(Mapping document, String file) {
    Mapping filter = document.mapping("filter");
    filter.required("rules");
    List<String> rules = filter.texts("rules");
    boolean any = rules.equals(List.of("any"));
    if (rules.isEmpty()) {
      throw RuleMistake.invalid(filter.lineOf("rules"), "name the rules, or any");
    }
    Mapping detection = new Mapping(new LinkedHashMap<>(filter.entries()), filter.line());
    detection.entries().remove("rules");
    return new SigmaFilter(
        title(document),
        any ? List.of() : rules,
        logSource(document),
        detections.read(detection),
        new Place(file, document.line()));
  }

  static String title(Mapping document) {
    String title = document.text("title");
    if (title.isBlank()) {
      throw RuleMistake.invalid(document.line(), "title is missing");
    }
    return title;
  }

  /** The id, or what a person calls the rule where it has none. */
  static String id(Mapping document, String title) {
    String id = document.text("id");
    String name = document.text("name");
    return !id.isEmpty() ? id : name.isEmpty() ? title : name;
  }

  static String level(Mapping document) {
    String level = document.text("level");
    if (!LEVELS.contains(level)) {
      throw RuleMistake.invalid(document.lineOf("level"), "there is no level " + level);
    }
    return level;
  }

  private static LogSource logSource(Mapping document) {
    Mapping source = document.mapping("logsource");
    LogSource logSource =
        new LogSource(source.text("product"), source.text("category"), source.text("service"));
    if (logSource.equals(new LogSource("", "", ""))) {
      throw RuleMistake.invalid(source.line(), "logsource: give product, category or service");
    }
    return logSource;
  }
}
