// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How anchoring goes.
 *
 * @param lastAct when the last act began, or null
 * @param size of the checkpoint of the last act
 * @param targets those who are asked, and the copy
 * @param contradicted whether somebody outside holds what this log does not continue
 */
public record AnchorHealth(
    @Nullable Instant lastAct, long size, List<Target> targets, boolean contradicted) {

  /**
   * One of those who are asked.
   *
   * @param lastSuccess when it vouched last, since the start of this process; or null
   * @param size that it vouched for last
   * @param successes since the start
   * @param failures since the start
   * @param lastError of the last attempt, where that failed
   */
  public record Target(
      String name,
      @Nullable Instant lastSuccess,
      long size,
      long successes,
      long failures,
      @Nullable ErrorCode lastError) {

    public boolean isWell() {
      return lastError == null;
    }
  }

  public AnchorHealth {
    targets = List.copyOf(targets);
  }

  public boolean isWell() {
    return !contradicted && targets.stream().allMatch(Target::isWell);
  }

  /** Those whose last attempt failed, each with its error code. */
  public List<String> failing() {
    List<String> failing = new ArrayList<>();
    for (Target target : targets) {
      ErrorCode error = target.lastError;
      if (error != null) {
        failing.add(target.name + " " + error.id());
      }
    }
    return failing;
  }

  /** Attempts that failed since the start, of all targets. */
  public long failures() {
    return targets.stream().mapToLong(Target::failures).sum();
  }
}
