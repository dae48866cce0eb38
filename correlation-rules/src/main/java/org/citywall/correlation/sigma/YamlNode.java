// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML document that knows its lines; the line of a node counts from 1. */
sealed interface YamlNode {

  int line();

  /** What kind of scalar it is, by the core schema of YAML 1.2. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    NULL
  }

  /** A scalar as it was written; {@code text} of a {@link Kind#NULL} means nothing. */
  record Scalar(String text, Kind kind, int line) implements YamlNode {}

  record Sequence(List<YamlNode> items, int line) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** Keys in the order of the file; a key that occurs twice was refused. */
  record Mapping(LinkedHashMap<String, YamlNode> entries, int line) implements YamlNode {

    @Nullable YamlNode get(String key) {
      return entries.get(key);
    }

    boolean has(String key) {
      return entries.containsKey(key);
    }

    /** A mapping that must be there. */
    Mapping mapping(String key) {
      return switch (required(key)) {
        case Mapping mapping -> mapping;
        case YamlNode other -> throw RuleMistake.invalid(other.line(), key + " must be a map");
      };
    }

    YamlNode required(String key) {
      YamlNode node = entries.get(key);
      if (node == null) {
        throw RuleMistake.invalid(line, key + " is missing");
      }
      return node;
    }

    /** Text of a scalar, empty where there is none. */
    String text(String key) {
      return switch (entries.get(key)) {
        case null -> "";
        case Scalar scalar -> scalar.kind() == Kind.NULL ? "" : scalar.text();
        case YamlNode other -> throw RuleMistake.invalid(other.line(), key + " must be text");
      };
    }

    /** Texts of a list, or the one text that stands there instead of a list. */
    List<String> texts(String key) {
      return switch (entries.get(key)) {
        case null -> List.of();
        case Scalar scalar -> scalar.kind() == Kind.NULL ? List.of() : List.of(scalar.text());
        case Sequence sequence -> sequence.items().stream().map(item -> textOf(key, item)).toList();
        case Mapping other -> throw RuleMistake.invalid(other.line(), key + " must be a list");
      };
    }

    private static String textOf(String key, YamlNode item) {
      if (item instanceof Scalar scalar) {
        return scalar.text();
      }
      throw RuleMistake.invalid(item.line(), key + " must be a list of texts");
    }

    int lineOf(String key) {
      YamlNode node = entries.get(key);
      return node == null ? line : node.line();
    }

    Iterable<Map.Entry<String, YamlNode>> each() {
      return entries.entrySet();
    }
  }
}
