// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.List;
import org.citywall.audit.event.Field;

/**
 * Answers questions about indexed entries. Safe for use by several threads. {@code AUD-0030} for a
 * query that makes no sense, {@code AUD-0031} where the index fails.
 */
public interface EventSearch {

  SearchPage search(SearchRequest request);

  /** Counts of matching events per interval of {@code @timestamp}. */
  Histogram histogram(HistogramRequest request);

  /** The most frequent values of a KEYWORD, KEYWORDS or IP field among matching events. */
  List<TermCount> terms(Query query, TimeRange range, Field field, int limit);
}
