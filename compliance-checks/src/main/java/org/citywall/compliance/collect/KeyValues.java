// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The simple files of settings below {@code /etc}. */
final class KeyValues {

  private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z_0-9.-]+)\\s*=\\s*(.*)");

  private KeyValues() {}

  /** {@code NAME="value"}, as a shell would read them; the last one counts. */
  static Map<String, String> shell(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              Matcher parts = ASSIGNMENT.matcher(line);
              if (parts.matches()) {
                values.put(parts.group(1), unquoted(parts.group(2).strip()));
              }
            });
    return values;
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean quoted =
        last > 0
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(last) == value.charAt(0);
    return quoted ? value.substring(1, last) : value;
  }

  /** {@code name = value}, names in lower case; a name alone has the value {@code true}. */
  static Map<String, String> assignments(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    lines(text)
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              String name = equals < 0 ? line : line.substring(0, equals);
              values.put(
                  name.strip().toLowerCase(Locale.ROOT),
                  equals < 0 ? "true" : line.substring(equals + 1).strip());
            });
    return values;
  }

  /** {@code NAME value} with blanks between them, as {@code login.defs}. */
  static Map<String, String> words(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    lines(text)
        .forEach(
            line -> {
              String[] parts = line.split("\\s+", 2);
              values.put(parts[0], parts.length > 1 ? parts[1].strip() : "");
            });
    return values;
  }

  /** Lines that say something, without comments. */
  static Stream<String> lines(String text) {
    return text.lines().map(KeyValues::withoutComment).filter(line -> !line.isEmpty());
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    return (hash < 0 ? line : line.substring(0, hash)).strip();
  }
}
