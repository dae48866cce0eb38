// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists that depend on the site, such as the names of its domain controllers, by the name that
 * rules call them: {@code %name%}.
 */
public final class Placeholders {

  /** None at all. */
  public static final Placeholders NONE = new Placeholders(Map.of());

  private static final Pattern NAME = Pattern.compile("%([A-Za-z0-9_.-]+)%");
  private static final int MAX_VALUES = 10_000;

  private final Map<String, List<String>> values;

  private Placeholders(Map<String, List<String>> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads a YAML map from each name to its value or list of values; wildcards work in them. Throws
   * {@code COR-0060} or {@code COR-0061} where it is no such map.
   */
  public static Placeholders read(String yaml) {
    Map<String, List<String>> values = new HashMap<>();
    for (YamlNode.Mapping document : YamlDocuments.read(yaml)) {
      document.each().forEach(e -> values.put(e.getKey(), document.texts(e.getKey())));
    }
    return new Placeholders(values);
  }

  /** The map under {@code placeholders}, where there is one. */
  static Placeholders of(YamlNode.Mapping document) {
    Map<String, List<String>> values = new HashMap<>();
    if (document.has("placeholders")) {
      YamlNode.Mapping lists = document.mapping("placeholders");
      lists.each().forEach(e -> values.put(e.getKey(), lists.texts(e.getKey())));
    }
    return new Placeholders(values);
  }

  /** Every text that this one stands for; itself where it names no placeholder. */
  List<String> expand(String text, int line) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.find()) {
      return List.of(text);
    }
    List<String> known = values.get(matcher.group(1));
    if (known == null || known.isEmpty()) {
      throw RuleMistake.placeholder(line, "no values are given for %" + matcher.group(1) + "%");
    }
    List<String> texts = new ArrayList<>();
    for (String value : known) {
      for (String rest : expand(text.substring(matcher.end()), line)) {
        texts.add(text.substring(0, matcher.start()) + value + rest);
        if (texts.size() > MAX_VALUES) {
          throw RuleMistake.unsupported(line, "more than " + MAX_VALUES + " values");
        }
      }
    }
    return texts;
  }
}
