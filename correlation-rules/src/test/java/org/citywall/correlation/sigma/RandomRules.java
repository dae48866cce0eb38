// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.correlation.sigma.SigmaRules.Source;

/** Rules and events over so small an alphabet that they meet often. */
final class RandomRules {

  private static final List<String> FIELDS = List.of("Image", "CommandLine", "User", "EventID");
  private static final List<String> MODIFIERS =
      List.of(
          "",
          "|contains",
          "|startswith",
          "|endswith",
          "|contains|all",
          "|cased",
          "|re",
          "|contains|windash",
          "|exists",
          "|neq",
          "|gt",
          "|fieldref",
          "|endswith|cased");
  private static final List<String> CONDITIONS =
      List.of(
          "a",
          "a and b",
          "a or b",
          "a and not b",
          "not a",
          "1 of them",
          "all of them",
          "2 of them",
          "not (a or b) and c",
          "a and not 1 of b*",
          "1 of a* or not c");
  private static final List<String> CATEGORIES =
      List.of("category: process_creation", "category: file_event", "service: security");

  private final RandomGenerator random;

  RandomRules(RandomGenerator random) {
    this.random = random;
  }

  List<Source> rules(int count) {
    List<Source> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rules.add(new Source("rule-" + i, rule(i)));
    }
    return rules;
  }

  private String rule(int number) {
    StringBuilder yaml = new StringBuilder("title: T" + number + "\nid: r" + number + '\n');
    yaml.append("logsource:\n    product: windows\n    ").append(pick(CATEGORIES)).append('\n');
    yaml.append("detection:\n");
    for (String name : List.of("a", "b", "c")) {
      yaml.append("    ").append(name).append(":\n").append(selection());
    }
    return yaml.append("    condition: ").append(pick(CONDITIONS)).append('\n').toString();
  }

  private String selection() {
    if (random.nextInt(8) == 0) {
      return "        - '" + word() + "'\n";
    }
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      String modifier = pick(MODIFIERS);
      entries.put(pick(FIELDS) + modifier, values(modifier));
    }
    StringBuilder yaml = new StringBuilder();
    entries.forEach(
        (k, v) -> yaml.append("        ").append(k).append(": ").append(v).append('\n'));
    return yaml.toString();
  }

  private String values(String modifier) {
    return switch (modifier) {
      case "|exists" -> String.valueOf(random.nextBoolean());
      case "|gt" -> String.valueOf(random.nextInt(20));
      case "|fieldref" -> pick(FIELDS);
      case "|re" -> "'" + letters(2) + ".?" + letters(1) + "'";
      case "" -> random.nextInt(6) == 0 ? "null" : list();
      default -> list();
    };
  }

  private String list() {
    return "['" + word() + "', '" + word() + "']";
  }

  private String word() {
    String wild = pick(List.of("", "", "", "*", "?", "\\", "\\*", " -"));
    return letters(random.nextInt(3)) + wild + letters(random.nextInt(3));
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(pick(List.of("a", "b", "A", "1", "-", "/", "\u00e9", "\u6570", "\\")));
    }
    return text.toString().replace("\\", random.nextBoolean() ? "" : "x");
  }

  SigmaEvent event() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    if (random.nextBoolean()) {
      fields.put("Channel", List.of(pick(List.of("Security", "System"))));
    }
    for (String field : List.of("Image", "NewProcessName", "CommandLine", "User", "EventID")) {
      switch (random.nextInt(5)) {
        case 0 -> {}
        case 1 -> fields.put(field, random.nextBoolean() ? List.of() : List.of(""));
        case 2 -> fields.put(field, List.of(text(), text()));
        default -> fields.put(field, List.of(text()));
      }
    }
    return SigmaEvent.of(fields);
  }

  private String text() {
    return pick(List.of("", " ", "\\", "*")) + letters(random.nextInt(5)) + letters(2);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
