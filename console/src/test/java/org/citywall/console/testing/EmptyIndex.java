// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.time.YearMonth;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.EventIndex;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TermCount;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/** An index that never finds anything. */
public final class EmptyIndex implements EventIndex {

  @Override
  public long nextLeaf() {
    return 0;
  }

  @Override
  public void index(List<LoggedEntry> batch) {}

  @Override
  public void redact(YearMonth month, LogReader log) {}

  @Override
  public void commit() {}

  @Override
  public void refresh() {}

  @Override
  public SearchPage search(SearchRequest request) {
    return new SearchPage(List.of(), 0, true, 0);
  }

  @Override
  public Histogram histogram(HistogramRequest request) {
    return new Histogram(request.range().from(), request.interval(), List.of(), 0);
  }

  @Override
  public List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    return List.of();
  }

  @Override
  public void close() {}
}
