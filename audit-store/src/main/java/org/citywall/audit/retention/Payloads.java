// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * Payloads that are destroyed together, because the same data keys seal them.
 *
 * @param group label of the subject group
 * @param month month of receipt, by UTC
 */
public record Payloads(String group, YearMonth month) {

  /**
   * Whole months after the end of the month before which nothing may be destroyed: logs of networks
   * are kept six months at least (网络安全法, duty to keep logs). No option lowers it.
   */
  public static final int FLOOR_MONTHS = 6;

  /** The first moment at which the law allows to destroy them. */
  public Instant floor() {
    return month.plusMonths(1 + FLOOR_MONTHS).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The first moment behind the month. */
  public Instant end() {
    return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Override
  public String toString() {
    return "group " + group + " of " + month;
  }
}
