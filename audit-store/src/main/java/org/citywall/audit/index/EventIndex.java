// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;

/**
 * Finds entries of the log. Derived data: it may lag behind the log and says how far it is. Safe
 * for use by several threads; {@link #index} and {@link #commit} by one at a time.
 */
public interface EventIndex extends AutoCloseable {

  /** First leaf that is not indexed yet; after a crash, the first one not committed. */
  long nextLeaf();

  /** Adds the entries that follow {@link #nextLeaf()} without a gap, else {@code AUD-0032}. */
  void index(List<LoggedEntry> batch);

  /** Makes everything indexed so far durable. */
  void commit();

  /** Makes everything indexed so far visible to searches. */
  void refresh();

  SearchPage search(SearchRequest request);

  /** Counts of matching events per interval of {@code @timestamp}. */
  Histogram histogram(HistogramRequest request);

  /** The most frequent values of a KEYWORD, KEYWORDS or IP field among matching events. */
  List<TermCount> terms(Query query, TimeRange range, Field field, int limit);

  @Override
  void close();
}
