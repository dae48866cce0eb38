// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorHealth;
import org.citywall.audit.anchor.AnchorSettings;
import org.citywall.audit.anchor.AnchorWorker;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.control.ControlServer;
import org.jspecify.annotations.Nullable;

/**
 * Others who vouch for a log, seen from the process that asks them.
 *
 * @param worker asks them; empty where the configuration names nobody
 */
record Anchoring(Optional<AnchorWorker> worker) implements AutoCloseable {

  static Anchoring start(
      EvidenceLog log,
      Path dataDir,
      @Nullable AnchorSettings settings,
      Clock clock,
      SecureRandom random) {
    return new Anchoring(
        Optional.ofNullable(settings)
            .map(given -> AnchorWorker.start(log, dataDir, given, clock, random)));
  }

  Map<String, ControlServer.Handler> commands() {
    return Map.of(
        "anchor",
        arguments -> {
          worker.orElseThrow(Anchoring::byNobody).anchorNow();
          return Map.of();
        });
  }

  void addTo(Map<String, Object> status) {
    worker.ifPresent(
        anchors -> {
          AnchorHealth health = anchors.health();
          status.put("anchor.size", health.size());
          status.put("anchor.failures", health.failures());
          status.put("anchor.well", health.isWell());
        });
  }

  private static PlatformException byNobody() {
    return new PlatformException(
        CliErrorCode.CONFIGURATION_INVALID,
        "citywall.yaml names neither anchor-policy nor anchor-copy");
  }

  @Override
  public void close() {
    worker.ifPresent(AnchorWorker::close);
  }
}
