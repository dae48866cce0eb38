// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which system a host has, by {@code os-release}.
 *
 * @param family {@code debian}, {@code redhat} (also openEuler, Kylin and others that use RPM), or
 *     {@code other}
 */
public record OsRelease(String id, String version, String name, String family) {

  private static final Set<String> DEBIAN = Set.of("debian", "ubuntu", "deepin", "uos");
  private static final Set<String> RED_HAT =
      Set.of(
          "rhel", "fedora", "centos", "openeuler", "kylin", "anolis", "opencloudos", "tencentos");

  /** The host's, from {@code /etc/os-release} or {@code /usr/lib/os-release}. */
  public static OsRelease of(Host host) throws Uncollectable {
    Optional<String> here = host.read("/etc/os-release");
    String text = here.isPresent() ? here.get() : host.read("/usr/lib/os-release").orElse("");
    Map<String, String> values = KeyValues.shell(text);
    String id = values.getOrDefault("ID", "").toLowerCase(Locale.ROOT);
    String like = values.getOrDefault("ID_LIKE", "").toLowerCase(Locale.ROOT);
    return new OsRelease(
        id,
        values.getOrDefault("VERSION_ID", ""),
        values.getOrDefault("PRETTY_NAME", id),
        family(host, id, like));
  }

  private static String family(Host host, String id, String like) throws Uncollectable {
    List<String> names = List.of((id + " " + like).strip().split(" +"));
    boolean dpkg = host.stat("/var/lib/dpkg/status").isPresent();
    if (names.stream().anyMatch(DEBIAN::contains)) {
      return dpkg || !id.equals("uos") ? "debian" : "redhat";
    }
    return names.stream().anyMatch(RED_HAT::contains) ? "redhat" : "other";
  }
}
