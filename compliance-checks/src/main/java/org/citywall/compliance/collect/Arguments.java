// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Arguments of a collector as a check gives them; {@code IllegalArgumentException} says what is
 * wrong.
 */
final class Arguments {

  private Arguments() {}

  static void none(@Nullable JsonNode arguments) {
    only(arguments, Set.of());
  }

  static void only(@Nullable JsonNode arguments, Set<String> keys) {
    if (arguments == null || arguments.isNull()) {
      return;
    }
    if (!arguments.isObject()) {
      throw new IllegalArgumentException("its arguments are no mapping");
    }
    for (String key : arguments.propertyNames()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException(key + " is no argument of it");
      }
    }
  }

  static List<String> texts(@Nullable JsonNode arguments, String key) {
    JsonNode list = arguments == null ? null : arguments.get(key);
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw new IllegalArgumentException(key + " is no list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      if (!one.isString() || one.stringValue().isBlank()) {
        throw new IllegalArgumentException(key + " is no list of texts");
      }
      texts.add(one.stringValue());
    }
    return texts;
  }

  static String path(@Nullable JsonNode arguments, String key) {
    JsonNode value = arguments == null ? null : arguments.get(key);
    if (value == null || !value.isString() || !isPath(value.stringValue())) {
      throw new IllegalArgumentException(key + " is no absolute path");
    }
    return value.stringValue();
  }

  static boolean isPath(String path) {
    return path.startsWith("/") && !List.of(path.split("/")).contains("..");
  }
}
