// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads conditions; whatever is not understood is refused with its place. */
final class ConditionReader {

  private static final Set<String> ELEMENTS =
      Set.of("each", "where", "meet", "at-least", "at-most");
  private static final int MOST_DEEP = 20;

  private ConditionReader() {}

  static Condition read(JsonNode node, Place place) {
    return read(node, place, 0);
  }

  private static Condition read(JsonNode node, Place place, int depth) {
    place.require(node.isObject() && !node.isEmpty(), "is no condition");
    place.require(depth < MOST_DEEP, "is nested too deeply");
    if (node.has("path")) {
      return test(node, place);
    }
    if (node.has("if")) {
      place.only(node, Set.of("if", "then", "else"));
      return new Condition.If(
          part(node, "if", place, depth),
          part(node, "then", place, depth),
          part(node, "else", place, depth));
    }
    if (node.has("each")) {
      return elements(node, place, depth);
    }
    if (node.has("exactly")) {
      place.only(node, Set.of("exactly", "of"));
      return new Condition.Exactly(
          whole(node.get("exactly"), place.at("exactly")), list(node, "of", place, depth));
    }
    place.require(node.size() == 1, "has several keys, or lacks path");
    String word = node.propertyNames().iterator().next();
    return switch (word) {
      case "all" -> new Condition.All(list(node, word, place, depth));
      case "any" -> new Condition.Any(list(node, word, place, depth));
      case "none" -> new Condition.None(list(node, word, place, depth));
      default -> throw place.mistake(word + " is no condition");
    };
  }

  private static Condition elements(JsonNode node, Place place, int depth) {
    place.only(node, ELEMENTS);
    Integer least = number(node, "at-least", place);
    Integer most = number(node, "at-most", place);
    return new Condition.Elements(
        path(node.get("each"), place.at("each")),
        node.has("where") ? part(node, "where", place, depth) : null,
        part(node, "meet", place, depth),
        least,
        most);
  }

  private static Condition test(JsonNode node, Place place) {
    FactPath path = path(node.get("path"), place.at("path"));
    Operator operator = null;
    for (String word : node.propertyNames()) {
      if (!word.equals("path") && !word.equals("missing")) {
        place.require(operator == null, "compares twice");
        operator = Operator.of(word).orElseThrow(() -> place.mistake(word + " is no comparison"));
      }
    }
    if (operator == null) {
      throw place.mistake("compares with nothing");
    }
    JsonNode wanted = node.get(operator.word());
    place.at(operator.word()).require(operator.takes(wanted), "cannot compare with " + wanted);
    return new Condition.Test(path, operator, wanted, missing(node, place));
  }

  private static Truth missing(JsonNode node, Place place) {
    JsonNode missing = node.get("missing");
    if (missing == null) {
      return Truth.UNKNOWN;
    }
    place.at("missing").require(missing.isBoolean(), "is true or false");
    return Truth.of(missing.booleanValue());
  }

  private static FactPath path(@Nullable JsonNode node, Place place) {
    if (node == null || !node.isString() || node.stringValue().isBlank()) {
      throw place.mistake("is no path");
    }
    return FactPath.of(node.stringValue());
  }

  private static @Nullable Integer number(JsonNode node, String key, Place place) {
    return node.has(key) ? whole(node.get(key), place.at(key)) : null;
  }

  private static int whole(JsonNode node, Place place) {
    place.require(node.isInt() && node.intValue() >= 0, "is no whole number from 0");
    return node.intValue();
  }

  private static Condition part(JsonNode node, String key, Place place, int depth) {
    JsonNode part = node.get(key);
    if (part == null) {
      throw place.mistake(key + " is missing");
    }
    return read(part, place.at(key), depth + 1);
  }

  private static List<Condition> list(JsonNode node, String key, Place place, int depth) {
    JsonNode list = node.get(key);
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw place.at(key).mistake("is no list of conditions");
    }
    List<Condition> conditions = new ArrayList<>();
    for (JsonNode one : list) {
      conditions.add(read(one, place.at(key + "[" + conditions.size() + "]"), depth + 1));
    }
    return conditions;
  }
}
