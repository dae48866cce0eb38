// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import tools.jackson.databind.JsonNode;

/** A collector of facts about hosts. */
abstract class HostCollector implements Collector {

  private final String name;

  HostCollector(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean serves(Target target) {
    return target instanceof HostTarget;
  }

  @Override
  public final JsonNode collect(Target target) throws Uncollectable {
    if (target instanceof HostTarget host) {
      return collect(host.host());
    }
    throw new Uncollectable("no host");
  }

  abstract JsonNode collect(Host host) throws Uncollectable;
}
