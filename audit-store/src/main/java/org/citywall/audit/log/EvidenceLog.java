// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;

/** The one writer of a data folder's log. Safe for use by several threads. */
public interface EvidenceLog extends LogReader {

  /** In {@link #append}'s answer: the event was recorded before, at a leaf no longer in memory. */
  long RECORDED_BEFORE = -1;

  /**
   * Appends these entries in order and returns when they are durable (fsync, shared by concurrent
   * callers). All or nothing: after an exception none of the batch was acknowledged, and sending it
   * again is safe.
   *
   * <p>An entry whose event was recorded before (same id within the window of recent ids, or a
   * sequence number at or below the source's high-water mark of that epoch) is not appended again.
   *
   * @return the leaf of each entry: of its first recording where it was recorded before and that
   *     leaf is still known, else {@link #RECORDED_BEFORE}
   */
  long[] append(List<Entry> batch);

  /**
   * The same with payloads that are not sealed, so that who holds no keys can read them: for what
   * the platform says about the log, and never for personal data.
   */
  default long[] appendOpen(List<Entry> batch) {
    return append(batch);
  }

  /** Signs a checkpoint over everything durable now, without waiting for the next interval. */
  Checkpoint signCheckpoint();
}
