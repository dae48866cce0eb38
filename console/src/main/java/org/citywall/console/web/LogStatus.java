// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Instant;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** How the log stands: its size, and what its last checkpoint covers and is worth. */
@Component
final class LogStatus {

  private final EvidenceLog log;
  private final @Nullable VerifierKey key;

  LogStatus(ConsoleRuntime runtime, ObjectProvider<VerifierKey> key) {
    this.log = runtime.log();
    this.key = key.getIfAvailable();
  }

  /**
   * A reading of it.
   *
   * @param coveredUntil when the last entry under the checkpoint was received, or null
   * @param signature verified, failed, unchecked or none
   */
  record Reading(
      long size,
      @Nullable Checkpoint checkpoint,
      @Nullable Instant coveredUntil,
      long uncovered,
      String signature) {}

  Reading read() {
    long size = log.size();
    Checkpoint checkpoint = log.checkpoint().orElse(null);
    long covered = checkpoint == null ? 0 : checkpoint.size();
    return new Reading(
        size,
        checkpoint,
        covered == 0 ? null : log.read(covered - 1).event().received(),
        Math.max(0, size - covered),
        signature(checkpoint));
  }

  private String signature(@Nullable Checkpoint checkpoint) {
    if (checkpoint == null) {
      return "none";
    }
    if (key == null) {
      return "unchecked";
    }
    try {
      SignedNote.parse(checkpoint.note()).requireSignedBy(key);
      return "verified";
    } catch (PlatformException e) {
      return "failed";
    }
  }
}
