// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;

/**
 * An incident with what is behind it.
 *
 * @param alertIds alerts that make it up, in order of arrival
 * @param techniques ATT&amp;CK technique ids of its rule
 * @param leaves entries of the log behind its alerts, ascending; at most {@link #MAX_LEAVES}
 * @param history what was done to it, oldest first
 */
public record Incident(
    IncidentSummary summary,
    List<String> alertIds,
    List<String> techniques,
    List<Long> leaves,
    List<HistoryEntry> history) {

  public static final int MAX_LEAVES = 5000;

  public Incident {
    alertIds = List.copyOf(alertIds);
    techniques = List.copyOf(techniques);
    leaves = List.copyOf(leaves);
    history = List.copyOf(history);
  }

  public IncidentId id() {
    return summary.id();
  }
}
