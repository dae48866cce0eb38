// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.Clock;
import org.citywall.compliance.collect.platform.PlatformFacts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The platform itself. */
public record PlatformTarget(String name, PlatformFacts facts, Clock clock) implements Target {

  @Override
  public JsonNode describe() {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("kind", "platform").put("live", true);
    return facts;
  }
}
