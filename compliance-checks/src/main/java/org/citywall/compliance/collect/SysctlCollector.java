// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters of the kernel: {@code {keys: [net.ipv4.ip_forward]}}. Facts: {@code configured} by
 * key, from {@code sysctl.d(5)} (the last one counts), and {@code running} from {@code /proc/sys},
 * there only where the system runs; {@code values}, what runs or, where none does, what is
 * configured.
 */
final class SysctlCollector extends HostCollector {

  static final String NAME = "sysctl";

  private final List<String> keys;

  private SysctlCollector(List<String> keys) {
    super(NAME);
    this.keys = keys;
  }

  static SysctlCollector of(@Nullable JsonNode arguments) {
    Arguments.only(arguments, Set.of("keys"));
    List<String> keys = Arguments.texts(arguments, "keys");
    for (String key : keys) {
      if (!key.matches("[a-z0-9_-]+(\\.[A-Za-z0-9_-]+)+")) {
        throw new IllegalArgumentException(key + " is no parameter of the kernel");
      }
    }
    return new SysctlCollector(keys);
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    Map<String, String> configured = configured(host);
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ObjectNode said = facts.putObject("configured");
    ObjectNode values = facts.putObject("values");
    for (String key : keys) {
      String value = configured.get(key);
      if (value != null) {
        said.put(key, value);
        values.put(key, value);
      }
    }
    if (host.live()) {
      ObjectNode running = facts.putObject("running");
      for (String key : keys) {
        Optional<String> value = host.read("/proc/sys/" + key.replace('.', '/'));
        if (value.isPresent()) {
          running.put(key, value.get().strip());
          values.put(key, value.get().strip());
        }
      }
    }
    return facts;
  }

  private static Map<String, String> configured(Host host) throws Uncollectable {
    List<String> texts = new ArrayList<>();
    texts.addAll(
        Folders.fragments(
                host,
                ".conf",
                "/etc/sysctl.d",
                "/run/sysctl.d",
                "/usr/local/lib/sysctl.d",
                "/usr/lib/sysctl.d",
                "/lib/sysctl.d")
            .values());
    host.read("/etc/sysctl.conf").ifPresent(texts::add);
    Map<String, String> values = new HashMap<>();
    for (String text : texts) {
      KeyValues.shell(text.replace("\n-", "\n"))
          .forEach((key, value) -> values.put(key.replace('/', '.'), value));
    }
    return values;
  }
}
