// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.Clock;
import java.util.Locale;
import org.citywall.compliance.collect.tls.TlsOpening;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A place where a server is expected to speak TLS. */
public record TlsTarget(String name, String host, int port, TlsOpening opening, Clock clock)
    implements Target {

  @Override
  public JsonNode describe() {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts
        .put("kind", "tls")
        .put("live", true)
        .put("opening", opening.name().toLowerCase(Locale.ROOT));
    return facts;
  }
}
