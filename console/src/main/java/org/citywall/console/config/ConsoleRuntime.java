// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import org.citywall.audit.index.EventSearch;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.detection.Detection;
import org.citywall.console.state.StateDatabase;
import org.jspecify.annotations.Nullable;

/**
 * What the console runs on. It closes none of it.
 *
 * @param dataDir data folder; the console writes {@code logs/} in it
 * @param listener where it listens
 * @param database where accounts and incidents are kept
 * @param detection makes engines, at start and after a failure; null in a process that does not
 *     correlate
 * @param zone time zone of incident numbers and of pages
 * @param services running parts of other modules that pages show, by type; each becomes a bean.
 *     Pages take them as optional, because not every process runs every part
 */
public record ConsoleRuntime(
    Path dataDir,
    WebListener listener,
    StateDatabase database,
    EvidenceLog log,
    EventSearch index,
    Detection.@Nullable Maker detection,
    Clock clock,
    ZoneId zone,
    Map<Class<?>, Object> services) {

  public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

  public ConsoleRuntime {
    services = Map.copyOf(services);
    services.forEach(
        (type, service) -> {
          if (!type.isInstance(service)) {
            throw new IllegalArgumentException("service is no " + type.getName());
          }
        });
  }
}
