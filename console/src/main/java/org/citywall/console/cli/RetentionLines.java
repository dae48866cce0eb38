// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How keeping stands, for people: a line for each thing, its members as {@code name=value}. */
final class RetentionLines {

  private RetentionLines() {}

  static void print(Map<String, Object> facts, PrintWriter out) {
    facts.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            out.println(name + " (" + list.size() + ")");
            list.forEach(item -> out.println("  " + line(item)));
          } else if (!(value instanceof Map<?, ?> map) || !map.isEmpty()) {
            out.printf("%-16s %s%n", name, value);
          }
        });
  }

  private static String line(Object item) {
    return item instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .map(member -> member.getKey() + "=" + value(member.getValue()))
            .collect(Collectors.joining("  "))
        : String.valueOf(item);
  }

  private static String value(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(RetentionLines::nested).collect(Collectors.joining(", "))
        : String.valueOf(value);
  }

  private static String nested(Object item) {
    return item instanceof Map<?, ?> map
        ? map.values().stream().map(String::valueOf).collect(Collectors.joining(" "))
        : String.valueOf(item);
  }
}
