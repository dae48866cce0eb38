// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a fact stands: keys from the outside in, with slashes between them, as {@code
 * settings/permitrootlogin}; {@code .} is the whole. No key of a fact has a slash.
 */
record FactPath(String text, List<String> keys) {

  static FactPath of(String text) {
    return new FactPath(text, text.equals(".") ? List.of() : List.of(text.split("/", -1)));
  }

  /** The fact, or null where it is not there; JSON's null is not there. */
  @Nullable JsonNode find(JsonNode facts) {
    JsonNode found = facts;
    for (String key : keys) {
      found = found.get(key);
      if (found == null) {
        return null;
      }
    }
    return found.isNull() ? null : found;
  }

  @Override
  public String toString() {
    return text;
  }
}
