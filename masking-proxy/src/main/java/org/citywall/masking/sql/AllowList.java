// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A list of what may pass, read from a resource. Lines that start with {@code #} are comments, a
 * line in brackets says why the names below it may pass. {@code name=a|b} is a setting that may
 * pass with these values only, or a relation that may pass without these columns.
 */
final class AllowList {

  static final AllowList FUNCTIONS = read("functions.txt");

  /** Functions that put values of several rows into one. */
  static final AllowList COLLECTING = read("collecting-functions.txt");

  static final AllowList RELATIONS = read("system-relations.txt");
  static final AllowList SETTINGS = read("settings.txt");

  private final Map<String, Set<String>> values = new HashMap<>();

  private AllowList() {}

  private static AllowList read(String resource) {
    try (InputStream stream = AllowList.class.getResourceAsStream(resource)) {
      AllowList list = new AllowList();
      new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("["))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .filter(name -> !name.isEmpty())
          .forEach(list::add);
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String entry) {
    int sign = entry.indexOf('=');
    if (sign < 0) {
      values.put(entry, Set.of());
    } else {
      values.put(entry.substring(0, sign), Set.of(entry.substring(sign + 1).split("\\|", -1)));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether the name may pass with this value. */
  boolean has(String name, String value) {
    Set<String> only = values.get(name);
    return only != null && (only.isEmpty() || only.contains(value));
  }

  /** The columns of a relation that are not for anybody. */
  Set<String> hidden(String name) {
    return values.getOrDefault(name, Set.of());
  }

  Set<String> names() {
    return Set.copyOf(values.keySet());
  }
}
