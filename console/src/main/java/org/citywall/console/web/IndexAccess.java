// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.EventSearch;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.IndexFollower;
import org.citywall.audit.index.IndexHealth;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TermCount;
import org.citywall.audit.index.TimeRange;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The index that pages ask: the one that follows the log where this process runs a follower. */
@Component
final class IndexAccess implements EventSearch {

  private final ConsoleRuntime runtime;
  private final @Nullable IndexFollower follower;
  private final EventSearch search;

  IndexAccess(ConsoleRuntime runtime, ObjectProvider<IndexFollower> follower) {
    this.runtime = runtime;
    this.follower = follower.getIfAvailable();
    this.search = this.follower == null ? runtime.index() : this.follower;
  }

  /** First leaf that is not indexed; an index that nothing follows with is never behind. */
  long nextLeaf() {
    return follower == null ? runtime.log().size() : follower.health().nextLeaf();
  }

  /** How the follower does, or null where there is none. */
  @Nullable IndexHealth health() {
    return follower == null ? null : follower.health();
  }

  @Override
  public SearchPage search(SearchRequest request) {
    return search.search(request);
  }

  @Override
  public Histogram histogram(HistogramRequest request) {
    return search.histogram(request);
  }

  @Override
  public List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    return search.terms(query, range, field, limit);
  }
}
