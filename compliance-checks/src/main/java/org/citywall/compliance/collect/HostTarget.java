// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A host with a Linux system, running or as files. */
public record HostTarget(String name, Host host) implements Target {

  @Override
  public JsonNode describe() throws Uncollectable {
    OsRelease os = OsRelease.of(host);
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("kind", "host").put("live", host.live());
    facts
        .putObject("os")
        .put("id", os.id())
        .put("version", os.version())
        .put("family", os.family())
        .put("name", os.name());
    return facts;
  }

  @Override
  public Optional<Instant> asOf() {
    return host.asOf();
  }

  @Override
  public void release() {
    host.release();
  }
}
