// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;
import org.citywall.correlation.Alert;

/**
 * An incident with what is behind it.
 *
 * @param alerts what makes it up, in order of arrival; without their leaves
 * @param leaves entries of the log behind its alerts, ascending; the first {@link #MAX_LEAVES}, see
 *     {@link Incidents#leaves} for more
 * @param history what was done to it, oldest first
 */
public record Incident(
    IncidentSummary summary, List<Alert> alerts, List<Long> leaves, List<HistoryEntry> history) {

  public static final int MAX_LEAVES = 1000;

  public Incident {
    alerts = List.copyOf(alerts);
    leaves = List.copyOf(leaves);
    history = List.copyOf(history);
  }

  public List<String> alertIds() {
    return alerts.stream().map(alert -> alert.id().value()).toList();
  }

  /** ATT&amp;CK technique ids of its alerts. */
  public List<String> techniques() {
    return alerts.stream().flatMap(alert -> alert.techniques().stream()).distinct().toList();
  }

  public IncidentId id() {
    return summary.id();
  }
}
