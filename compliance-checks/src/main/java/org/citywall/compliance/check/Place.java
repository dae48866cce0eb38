// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where in a file of checks something stands. */
record Place(String text) {

  Place at(String key) {
    return new Place(text + "/" + key);
  }

  PlatformException mistake(String what) {
    return new PlatformException(ComplianceErrorCode.CHECK_INVALID, text + ": " + what);
  }

  void require(boolean holds, String what) {
    if (!holds) {
      throw mistake(what);
    }
  }

  void only(JsonNode node, Set<String> keys) {
    for (String key : node.propertyNames()) {
      require(keys.contains(key), key + " is not known here");
    }
  }

  /** A text that has to be there. */
  String text(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw at(key).mistake("a text is missing");
    }
    return value.stringValue();
  }

  /** A mapping that has to be there. */
  JsonNode mapping(@Nullable JsonNode value, String key) {
    if (value == null || !value.isObject()) {
      throw at(key).mistake("a mapping is missing");
    }
    return value;
  }
}
