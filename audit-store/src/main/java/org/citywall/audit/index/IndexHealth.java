// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * How the index keeps up with the log.
 *
 * @param nextLeaf first leaf that is not indexed
 * @param logSize number of durable entries
 * @param visibleLeaf searches see every leaf below this one
 * @param rebuilds how often the index was found unusable and begun anew since the start
 * @param failures how often it failed and was opened again since the start
 * @param lastError stable id of the last failure's code, null where there was none
 */
public record IndexHealth(
    State state,
    long nextLeaf,
    long logSize,
    long visibleLeaf,
    int rebuilds,
    int failures,
    @Nullable String lastError) {

  /** What the follower is doing. */
  public enum State {
    /** The index is being opened. */
    OPENING,
    /** Entries are waiting to be indexed. */
    CATCHING_UP,
    /** Everything durable is indexed. */
    LIVE,
    /** It failed and will be tried again. */
    FAILED,
    /** It was closed. */
    CLOSED
  }

  /** Durable entries that are not indexed yet. */
  public long lag() {
    return Math.max(0, logSize - nextLeaf);
  }
}
