// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of incidents: newest first.
 *
 * @param next where the next page begins, or null at the end
 */
public record IncidentQueue(List<IncidentSummary> incidents, @Nullable IncidentId next) {

  public IncidentQueue {
    incidents = List.copyOf(incidents);
  }
}
