// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A MariaDB or MySQL server, asked by an account that may read {@code mysql.user}, {@code mysql.db}
 * and, of MariaDB, {@code mysql.global_priv}, and needs nothing else.
 */
public record MariaDbTarget(String name, DatabaseSource source) implements Target {

  @Override
  public JsonNode describe() {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("kind", "mariadb").put("live", true);
    return facts;
  }
}
