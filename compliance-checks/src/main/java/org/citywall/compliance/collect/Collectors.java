// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The collectors that checks can name. */
public final class Collectors {

  private static final Map<String, Function<@Nullable JsonNode, Collector>> BY_NAME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(FilesCollector.NAME, FilesCollector::of),
              Map.entry(SettingsCollector.NAME, SettingsCollector::of),
              Map.entry(SshdCollector.NAME, SshdCollector::of),
              Map.entry(AccountsCollector.NAME, AccountsCollector::of),
              Map.entry(PamCollector.NAME, PamCollector::of),
              Map.entry(SyslogCollector.NAME, SyslogCollector::of),
              Map.entry(SysctlCollector.NAME, SysctlCollector::of),
              Map.entry(PackagesCollector.NAME, PackagesCollector::of),
              Map.entry(UnitsCollector.NAME, UnitsCollector::of),
              Map.entry(AuditdCollector.NAME, AuditdCollector::of),
              Map.entry(PortsCollector.NAME, PortsCollector::of),
              Map.entry(PostgresCollector.NAME, PostgresCollector::of),
              Map.entry(MariaDbCollector.NAME, MariaDbCollector::of),
              Map.entry(TlsCollector.NAME, TlsCollector::of),
              Map.entry(PlatformCollector.NAME, PlatformCollector::of)));

  private Collectors() {}

  /** The names that there are. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * A collector by its name.
   *
   * @throws IllegalArgumentException where there is none, or the arguments are wrong
   */
  public static Collector of(String name, @Nullable JsonNode arguments) {
    Function<@Nullable JsonNode, Collector> maker = BY_NAME.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("no collector; there are " + names());
    }
    return maker.apply(arguments);
  }
}
