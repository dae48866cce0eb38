// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A PostgreSQL server, asked by an account that need not be a superuser; {@code pg_monitor} helps.
 */
public record PostgresTarget(String name, DatabaseSource source) implements Target {

  @Override
  public JsonNode describe() {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("kind", "postgresql").put("live", true);
    return facts;
  }
}
