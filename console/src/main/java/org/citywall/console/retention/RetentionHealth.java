// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import org.citywall.audit.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How far a server has come with what it owes its log after a start.
 *
 * @param finished destructions that an earlier process had begun and this one finished
 * @param lastError why it has to try again, or null
 */
public record RetentionHealth(State state, int finished, @Nullable ErrorCode lastError) {

  /** Where it is. */
  public enum State {
    /** The statements of the log are being read, and what they leave open is being done. */
    STARTING,
    /** The policy is in force and no destruction is unfinished. */
    SETTLED,
    /** The log or the disk refused; it is tried again. */
    FAILING
  }

  static final RetentionHealth STARTING = new RetentionHealth(State.STARTING, 0, null);

  public boolean isWell() {
    return state != State.FAILING;
  }
}
