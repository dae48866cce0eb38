// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long payloads are kept at least.
 *
 * @param days after the end of the month of receipt, {@link #FLOOR_DAYS} or more
 * @param groups days of subject groups that have their own, the same range
 * @param approvalDays how long a proposal waits for its approval and an approval for its execution,
 *     1..{@link #MAX_APPROVAL_DAYS}
 */
public record RetentionPolicy(int days, Map<String, Integer> groups, int approvalDays) {

  /** Six months at least (网络安全法); no configuration lowers it. */
  public static final int FLOOR_DAYS = 180;

  public static final int MAX_APPROVAL_DAYS = 30;

  /** Three years, and a week for approvals. */
  public static final RetentionPolicy DEFAULT = new RetentionPolicy(3 * 365, Map.of(), 7);

  private static final int MAX_DAYS = 36_500;

  public RetentionPolicy {
    groups = Map.copyOf(new TreeMap<>(groups));
  }

  /** Whether it may be in force. */
  public boolean isLawful() {
    return isKept(days)
        && groups.values().stream().allMatch(RetentionPolicy::isKept)
        && approvalDays >= 1
        && approvalDays <= MAX_APPROVAL_DAYS;
  }

  private static boolean isKept(int count) {
    return count >= FLOOR_DAYS && count <= MAX_DAYS;
  }

  /** The first moment at which these payloads may be destroyed; never before the law allows it. */
  public Instant earliest(Payloads payloads) {
    int kept = groups.getOrDefault(payloads.group(), days);
    Instant own = payloads.end().plus(Duration.ofDays(kept));
    return own.isBefore(payloads.floor()) ? payloads.floor() : own;
  }

  /** How long a proposal waits for its approval, and an approval for its execution. */
  public Duration approvalTime() {
    return Duration.ofDays(approvalDays);
  }
}
