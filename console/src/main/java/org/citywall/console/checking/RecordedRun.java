// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.time.Instant;
import org.citywall.console.assessment.SystemId;
import org.jspecify.annotations.Nullable;

/**
 * A run as the state database has it.
 *
 * @param system whose targets are looked at; null for all targets
 * @param finishedAt null while it goes on
 * @param targets how many there are
 * @param digest SHA-256 of its file, in hexadecimal; null unless it is done
 * @param said counts of outcomes and what rounds took, or why it failed
 * @param leaf entry of the log that tells its end; null until the log has it
 */
public record RecordedRun(
    CheckRunId id,
    State state,
    @Nullable SystemId system,
    Instant startedAt,
    String startedBy,
    @Nullable Instant finishedAt,
    int targets,
    @Nullable String digest,
    String said,
    @Nullable Long leaf) {

  /** Where a run stands. */
  public enum State {
    RUNNING,
    DONE,
    /** It could not be made; what it had was fed to no round. */
    FAILED
  }
}
