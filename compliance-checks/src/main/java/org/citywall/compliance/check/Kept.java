// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A part of the facts. */
final class Kept {

  private Kept() {}

  static JsonNode of(JsonNode facts, List<FactPath> paths) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (FactPath path : paths) {
      JsonNode found = path.find(facts);
      if (found != null) {
        kept.set(path.text(), found);
      }
    }
    return kept;
  }
}
