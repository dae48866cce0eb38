// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the marks a sender put on a record: the values of parameters named {@code tag} in any
 * element of its STRUCTURED-DATA (RFC 5424 section 6.3), which is taken to be well formed.
 */
final class StructuredTags {

  private static final String NAME = "tag";
  private static final int MAX_TAGS = 16;
  private static final int MAX_LENGTH = 64;

  private StructuredTags() {}

  /** At most 16, in order; one longer than 64 characters is left out. */
  static List<String> of(String data) {
    List<String> tags = new ArrayList<>();
    int name = 0;
    int at = 0;
    while (at < data.length() && tags.size() < MAX_TAGS) {
      char c = data.charAt(at);
      if (c == '"') {
        StringBuilder value = new StringBuilder();
        int end = value(data, at + 1, value);
        boolean tag = data.substring(name, at).equals(NAME + "=");
        if (tag && !value.isEmpty() && value.length() <= MAX_LENGTH) {
          tags.add(value.toString());
        }
        at = end;
      } else if (c == ' ' || c == '[' || c == ']') {
        name = at + 1;
      }
      at++;
    }
    return tags;
  }

  /** Reads a quoted value without its escapes; where its closing quote stands. */
  private static int value(String data, int from, StringBuilder into) {
    int at = from;
    while (at < data.length() && data.charAt(at) != '"') {
      if (data.charAt(at) == '\\' && at + 1 < data.length()) {
        at++;
      }
      into.append(data.charAt(at++));
    }
    return at;
  }
}
