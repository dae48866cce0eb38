// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Counts what came of asking. Safe for use by several threads. */
final class AnchorCounts {

  private final Map<String, AnchorHealth.Target> targets = new LinkedHashMap<>();
  private @Nullable Instant lastAct;
  private long size;

  AnchorCounts(List<String> names) {
    names.forEach(name -> targets.put(name, new AnchorHealth.Target(name, null, 0, 0, 0, null)));
  }

  synchronized void began(Instant now, long checkpointSize) {
    lastAct = now;
    size = checkpointSize;
  }

  synchronized void succeeded(String name, Instant now, long vouchedSize) {
    targets.computeIfPresent(
        name,
        (key, target) ->
            new AnchorHealth.Target(
                key, now, vouchedSize, target.successes() + 1, target.failures(), null));
  }

  synchronized void failed(String name, ErrorCode code) {
    targets.computeIfPresent(
        name,
        (key, target) ->
            new AnchorHealth.Target(
                key,
                target.lastSuccess(),
                target.size(),
                target.successes(),
                target.failures() + 1,
                code));
  }

  synchronized AnchorHealth health() {
    boolean contradicted =
        targets.values().stream()
            .anyMatch(target -> target.lastError() == AuditErrorCode.ANCHOR_CONTRADICTED);
    return new AnchorHealth(lastAct, size, List.copyOf(targets.values()), contradicted);
  }
}
