// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Duration;

/**
 * How an {@link IndexFollower} paces itself.
 *
 * @param batch most entries that are read and indexed at once
 * @param commitEvery longest time that indexed entries wait for a commit
 * @param commitEntries most entries that wait for a commit
 * @param refreshEvery shortest time between two refreshes that searches ask for
 * @param retryAfter pause after a first failure; doubles with each further one up to 32 times
 */
public record FollowerSettings(
    int batch,
    Duration commitEvery,
    long commitEntries,
    Duration refreshEvery,
    Duration retryAfter) {

  /** Batches of 500; commits after 5 s or 50,000 entries; refresh each second at most. */
  public static final FollowerSettings DEFAULT =
      new FollowerSettings(
          500, Duration.ofSeconds(5), 50_000, Duration.ofSeconds(1), Duration.ofSeconds(1));

  public FollowerSettings {
    if (batch < 1 || commitEntries < 1 || !retryAfter.isPositive()) {
      throw new IllegalArgumentException("batch, commitEntries and retryAfter must be positive");
    }
  }
}
