// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.YearMonth;
import java.util.List;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/**
 * Finds entries of the log. Derived data: it may lag behind the log and says how far it is. Safe
 * for use by several threads; {@link #index} and {@link #commit} by one at a time.
 */
public interface EventIndex extends EventSearch, AutoCloseable {

  /** First leaf that is not indexed yet; after a crash, the first one not committed. */
  long nextLeaf();

  /** Adds the entries that follow {@link #nextLeaf()} without a gap, else {@code AUD-0032}. */
  void index(List<LoggedEntry> batch);

  /**
   * Erases what the index holds of payloads that were destroyed, for good and in every file; their
   * documents keep what the envelope says. Takes as long as reading the month's entries does.
   *
   * @param month month of receipt, by UTC
   * @param log the log that was indexed
   */
  void redact(YearMonth month, LogReader log);

  /** Makes everything indexed so far durable. */
  void commit();

  /** Makes everything indexed so far visible to searches. */
  void refresh();

  /** How often since it was opened the index was found unusable and begun anew: 0 or 1. */
  default int rebuilds() {
    return 0;
  }

  @Override
  void close();
}
