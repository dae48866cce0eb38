// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evidence;

import java.time.Clock;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.citywall.audit.bundle.LeafRanges;
import org.citywall.audit.index.EventSearch;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.console.incident.Incident;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.Incidents;

/**
 * Which entries a bundle is about.
 *
 * @param how in one line that names nobody: the text of a query stays out of the bundle
 */
public record EvidenceSelection(NavigableSet<Long> leaves, String how) {

  private static final int PAGE = 1000;

  /** More than a bundle takes: what is found is not looked for any further. */
  private static final int ENOUGH = 100_000;

  /** Leaves as {@link LeafRanges} reads them. */
  public static EvidenceSelection ofLeaves(String text) {
    return new EvidenceSelection(LeafRanges.parse(text), "entries");
  }

  /** Everything that a query finds; {@code AUD-0030} where it cannot be read. */
  public static EvidenceSelection ofQuery(String text, EventSearch index, Clock clock) {
    Query query = new QueryParser(clock).parse(text);
    NavigableSet<Long> leaves = new TreeSet<>();
    SearchHit after = null;
    List<SearchHit> hits;
    do {
      hits = index.search(new SearchRequest(query, TimeRange.ALL, PAGE, after)).hits();
      for (SearchHit hit : hits) {
        leaves.add(hit.leaf());
        after = hit;
      }
    } while (hits.size() == PAGE && leaves.size() < ENOUGH);
    return new EvidenceSelection(leaves, "query");
  }

  /** The entries behind an incident and the decisions about it; {@code CON-0020} for none. */
  public static EvidenceSelection ofIncident(IncidentId id, Incidents incidents) {
    NavigableSet<Long> leaves = new TreeSet<>();
    Incident incident = incidents.get(id);
    incident.history().forEach(entry -> entry.leaf().ifPresent(leaves::add));
    long after = -1;
    List<Long> page;
    do {
      page = incidents.leaves(id, after, Incident.MAX_LEAVES);
      leaves.addAll(page);
      after = page.isEmpty() ? after : page.getLast();
    } while (page.size() == Incident.MAX_LEAVES && leaves.size() < ENOUGH);
    return new EvidenceSelection(leaves, "incident " + id.number());
  }
}
