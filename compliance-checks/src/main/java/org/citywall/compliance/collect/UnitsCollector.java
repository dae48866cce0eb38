// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What systemd starts at boot. Facts: {@code enabled}, names of units that a target wants or
 * requires by a link below {@code /etc/systemd/system}; {@code inetd}, services of xinetd that are
 * not disabled.
 */
final class UnitsCollector extends HostCollector {

  static final String NAME = "units";

  private static final String FOLDER = "/etc/systemd/system";
  private static final String XINETD = "/etc/xinetd.d";

  private UnitsCollector() {
    super(NAME);
  }

  static UnitsCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new UnitsCollector();
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    TreeSet<String> enabled = new TreeSet<>();
    for (String name : host.list(FOLDER)) {
      if (name.endsWith(".wants") || name.endsWith(".requires")) {
        enabled.addAll(host.list(FOLDER + "/" + name));
      }
    }
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ArrayNode units = facts.putArray("enabled");
    enabled.forEach(units::add);
    ArrayNode inetd = facts.putArray("inetd");
    for (String name : host.list(XINETD)) {
      String disabled =
          KeyValues.assignments(host.read(XINETD + "/" + name).orElse(""))
              .getOrDefault("disable", "no");
      if (!disabled.equals("yes")) {
        inetd.add(name);
      }
    }
    return facts;
  }
}
