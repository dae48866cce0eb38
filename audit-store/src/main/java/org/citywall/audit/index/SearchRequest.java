// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * A page of events, newest first (by {@code @timestamp}, then by leaf).
 *
 * @param limit at most this many hits, 1..10000
 * @param after the last hit of the page before, or null for the first page
 */
public record SearchRequest(Query query, TimeRange range, int limit, @Nullable SearchHit after) {

  public static final int MAX_LIMIT = 10_000;

  public SearchRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1.." + MAX_LIMIT);
    }
  }
}
