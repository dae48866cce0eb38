// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.EnumSet;
import java.util.Set;
import org.citywall.correlation.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents to list.
 *
 * @param states in any of these states; empty for all
 * @param severities of any of these severities; empty for all
 * @param assignee only those of this officer, or null
 */
public record IncidentFilter(
    Set<IncidentState> states, Set<Severity> severities, @Nullable String assignee) {

  /** What still needs a decision. */
  public static final IncidentFilter OPEN =
      new IncidentFilter(
          EnumSet.of(IncidentState.NEW, IncidentState.TAKEN, IncidentState.ESCALATED),
          Set.of(),
          null);

  public static final IncidentFilter ALL = new IncidentFilter(Set.of(), Set.of(), null);

  public IncidentFilter {
    states = Set.copyOf(states);
    severities = Set.copyOf(severities);
  }
}
