// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert as it stands after an update, on its way into an incident.
 *
 * @param id the same for the same alert however often it is replayed
 * @param leaves entries behind it, ascending; the alert may have more than it lists
 * @param eventCount all entries behind it
 * @param triggerLeaf entry that made this update; an update at or before a stored one is a replay
 */
public record RaisedAlert(
    String id,
    String ruleId,
    String ruleVersion,
    Severity severity,
    String groupKey,
    SortedMap<String, String> parameters,
    List<String> techniques,
    Instant firstSeen,
    Instant lastSeen,
    List<Long> leaves,
    long eventCount,
    long triggerLeaf) {

  public RaisedAlert {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    techniques = List.copyOf(techniques);
    leaves = List.copyOf(leaves);
  }
}
