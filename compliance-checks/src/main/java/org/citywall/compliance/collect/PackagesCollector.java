// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is installed. Facts: {@code manager} ({@code dpkg} or {@code rpm}), {@code packages},
 * versions by name. Debian's family is read from {@code /var/lib/dpkg/status}; RPM's database is
 * binary, so that its list must have been written to {@value Host#RPM_LIST} ({@code rpm -qa --qf
 * '%{NAME} %{VERSION}-%{RELEASE}\n'}), as the script for closed hosts does.
 */
final class PackagesCollector extends HostCollector {

  static final String NAME = "packages";

  private PackagesCollector() {
    super(NAME);
  }

  static PackagesCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new PackagesCollector();
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ObjectNode packages = facts.putObject("packages");
    Optional<String> dpkg = host.read("/var/lib/dpkg/status");
    if (dpkg.isPresent()) {
      facts.put("manager", "dpkg");
      readDpkg(dpkg.get(), packages);
      return facts;
    }
    Optional<String> rpm = host.read(Host.RPM_LIST);
    if (rpm.isEmpty()) {
      throw new Uncollectable("neither dpkg's status nor a list of RPM's is there");
    }
    facts.put("manager", "rpm");
    KeyValues.words(rpm.get()).forEach(packages::put);
    return facts;
  }

  private static void readDpkg(String status, ObjectNode packages) {
    for (String paragraph : status.split("\n\n")) {
      String name = "";
      String version = "";
      boolean installed = false;
      for (String line : paragraph.split("\n")) {
        if (line.startsWith("Package: ")) {
          name = line.substring("Package: ".length()).strip();
        } else if (line.startsWith("Version: ")) {
          version = line.substring("Version: ".length()).strip();
        } else if (line.startsWith("Status: ")) {
          installed = line.endsWith(" installed");
        }
      }
      if (installed && !name.isEmpty()) {
        packages.put(name, version);
      }
    }
  }
}
