// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.time.Instant;
import java.util.List;
import org.citywall.audit.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How detection is doing.
 *
 * @param state what the runner does
 * @param nextLeaf first leaf that detection has not read
 * @param lag entries of the log that detection has not read yet
 * @param appliedLeaf last leaf whose consequences are stored, -1 if none
 * @param readUpTo receipt time of the last entry read, or null before the first
 * @param raised alerts raised since start
 * @param restarts how often an engine was replaced after a failure
 * @param skipped entries given up because the engine failed at them every time; the newest few
 * @param lastError what stopped it last, or null; stays after recovery
 */
public record DetectionHealth(
    State state,
    long nextLeaf,
    long lag,
    long appliedLeaf,
    @Nullable Instant readUpTo,
    long raised,
    long restarts,
    List<Long> skipped,
    @Nullable ErrorCode lastError) {

  /** What the runner does. */
  public enum State {
    /** Waiting for its rules to be compiled; entries wait in the log, none is missed. */
    STARTING,
    /** Reading again what the engine must know; raises nothing that was raised before. */
    REPLAYING,
    FOLLOWING,
    /** Waiting before it tries again. */
    FAILING,
    STOPPED
  }

  public DetectionHealth {
    skipped = List.copyOf(skipped);
  }
}
